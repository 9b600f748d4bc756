using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Pipelines.Storage;

/// <summary>How many runs of a tenant ended, by how; counted in the commit that ends a run, so that none is counted twice or lost.</summary>
internal sealed record RunTally(long Deployed, long Completed, long Rejected, long Failed, long Cancelled)
{
    public static RunTally None { get; } = new(0, 0, 0, 0, 0);

    public RunTally Plus(RunStatus end) => end switch
    {
        RunStatus.Deployed => this with { Deployed = Deployed + 1 },
        RunStatus.Completed => this with { Completed = Completed + 1 },
        RunStatus.Rejected => this with { Rejected = Rejected + 1 },
        RunStatus.Failed => this with { Failed = Failed + 1 },
        RunStatus.Cancelled => this with { Cancelled = Cancelled + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "A run that is not over is not counted."),
    };

    public RunTally Plus(RunTally other) => new(
        Deployed + other.Deployed, Completed + other.Completed, Rejected + other.Rejected, Failed + other.Failed, Cancelled + other.Cancelled);
}
