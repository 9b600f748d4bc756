namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>What a run finds when it begins.</summary>
/// <param name="Proceed">False when the run is over, about to be undone or removed; nothing is to be done then.</param>
/// <param name="CancelRequested">Whether its cancellation was asked for before it began.</param>
/// <param name="AutoDeploy">Whether a version that passes the gate is deployed.</param>
public sealed record RunBeginning(bool Proceed, bool CancelRequested, bool AutoDeploy);
