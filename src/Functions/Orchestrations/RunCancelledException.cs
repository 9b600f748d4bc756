namespace Trainyard.Functions.Orchestrations;

/// <summary>Leaves the sequence of steps when the run's cancellation was asked for.</summary>
internal sealed class RunCancelledException() : Exception("The run's cancellation was asked for.");
