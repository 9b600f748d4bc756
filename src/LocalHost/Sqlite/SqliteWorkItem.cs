namespace Trainyard.LocalHost.Sqlite;

/// <summary>Work with a result that its caller awaits.</summary>
internal sealed class SqliteWorkItem<T>(Func<SqliteSession, T> work) : SqliteWork
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int GivenUp = 2;
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int state = Waiting;
    private T? result;
    private Exception? refusal;

    /// <summary>Ends when the group that holds the work is on disk.</summary>
    internal Task<T> Completion => completion.Task;

    /// <summary>Withdraws the work if the writer has not claimed it; then the task is cancelled and nothing was written.</summary>
    internal void GiveUp(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref state, GivenUp, Waiting) == Waiting)
        {
            completion.TrySetCanceled(cancellationToken);
        }
    }

    internal override bool TryStart() => Interlocked.CompareExchange(ref state, Started, Waiting) == Waiting;

    internal override bool Run(SqliteSession session)
    {
        try
        {
            result = work(session);
            return true;
        }
        catch (Exception failure)
        {
            // Handed to the caller by Settle: a refusal rests on what others in the group wrote, so it too waits for the disk.
            refusal = failure;
            return false;
        }
    }

    internal override void Settle()
    {
        if (refusal is null)
        {
            completion.TrySetResult(result!);
        }
        else
        {
            completion.TrySetException(refusal);
        }
    }

    internal override void Fail(Exception failure) => completion.TrySetException(failure);
}
