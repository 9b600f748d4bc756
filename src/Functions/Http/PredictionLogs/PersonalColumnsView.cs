namespace Trainyard.Functions.Http.PredictionLogs;

/// <summary>Which columns hold personal data.</summary>
/// <param name="Model">The name of the model.</param>
/// <param name="PersonalColumns">By name, in order.</param>
internal sealed record PersonalColumnsView(string Model, IReadOnlyList<string> PersonalColumns);
