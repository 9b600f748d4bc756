namespace Trainyard.Domain.Registry;

/// <summary>One entry of a model's deployment history.</summary>
/// <param name="Number">1, 2, 3, … per model.</param>
/// <param name="Sequence">The version that is deployed since then; null when the model was withdrawn.</param>
/// <param name="PreviousSequence">What was deployed before; null when nothing was.</param>
/// <param name="OperationId">What asked for it: the id of a run or a request. The same id never deploys twice.</param>
/// <param name="DeployedAt">When.</param>
public sealed record Deployment(int Number, int? Sequence, int? PreviousSequence, string OperationId, DateTimeOffset DeployedAt);
