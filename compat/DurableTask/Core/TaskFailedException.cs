namespace DurableTask.Core.Exceptions;

/// <summary>What a retry policy judges.</summary>
public class TaskFailedException(string reason) : Exception(reason)
{
    public FailureDetails? FailureDetails { get; set; }
}
