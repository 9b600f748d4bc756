namespace Microsoft.DurableTask.Client;

/// <summary>What a purge removed.</summary>
public class PurgeResult(int count, bool? isComplete)
{
    public int PurgedInstanceCount { get; } = count;

    public bool? IsComplete { get; } = isComplete;
}
