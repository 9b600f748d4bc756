namespace Trainyard.Functions.Http.Traffic;

/// <summary>What a shadow answered beside the versions whose answers were sent.</summary>
/// <param name="Version">The shadow.</param>
/// <param name="Calls">Requests that it saw.</param>
/// <param name="Failures">Of them, those that it refused or could not answer.</param>
/// <param name="Dropped">Requests that it did not see, for too many waited.</param>
/// <param name="Rows">Rows of which both answers are known.</param>
/// <param name="Agreement">The share of rows on which both agree: the same label, or numbers within a millionth; null before there are any.</param>
/// <param name="MeanDifference">Its numbers less those sent, in the mean; of labels, its probability for the label sent less that label's.</param>
/// <param name="MeanAbsoluteDifference">The same, of absolute values.</param>
/// <param name="Psi">The population stability index of its outputs against those sent: below 0.1 little has moved, above 0.25 much has.</param>
internal sealed record ShadowReport(
    string Version, long Calls, long Failures, long Dropped, long Rows, double? Agreement, double? MeanDifference, double? MeanAbsoluteDifference, double? Psi);
