namespace Trainyard.Domain.Batches.Steps;

/// <summary>What an orchestration needs to know of its job.</summary>
/// <param name="Proceed">Whether there is something to do.</param>
/// <param name="Chunks">Stretches of rows.</param>
/// <param name="Parallelism">How many may be predicted at once.</param>
public sealed record BatchBeginning(bool Proceed, int Chunks, int Parallelism)
{
    /// <summary>There is nothing to do: the job is over, or no longer wanted.</summary>
    public static BatchBeginning Nothing { get; } = new(Proceed: false, 0, 0);
}
