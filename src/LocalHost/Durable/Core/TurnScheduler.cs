namespace Trainyard.LocalHost.Durable.Core;

/// <summary>Runs an orchestrator's continuations one after the other, in the order they became ready, and only during a turn.</summary>
internal sealed class TurnScheduler : TaskScheduler
{
    private readonly Queue<Task> ready = new();
    private int turnThread;

    /// <inheritdoc />
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>True on the thread that runs the turn.</summary>
    public bool IsOnTurn => turnThread == Environment.CurrentManagedThreadId;

    /// <summary>Runs <paramref name="step"/> and everything it makes ready.</summary>
    public void Run(Action step)
    {
        // A synchronisation context of the caller would draw continuations away from this scheduler.
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        turnThread = Environment.CurrentManagedThreadId;
        try
        {
            step();
            while (TryTake(out Task? task))
            {
                TryExecuteTask(task);
            }
        }
        finally
        {
            turnThread = 0;
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <inheritdoc />
    protected override void QueueTask(Task task)
    {
        lock (ready)
        {
            ready.Enqueue(task);
        }
    }

    /// <inheritdoc />
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc />
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (ready)
        {
            return [.. ready];
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Task? task)
    {
        lock (ready)
        {
            return ready.TryDequeue(out task);
        }
    }
}
