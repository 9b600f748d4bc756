using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Durable;

/// <summary>Deliveries that are due later, with one timer for the next of them. Thread safe.</summary>
internal sealed class TimerQueue : IDisposable
{
    // A sleeping computer stops the timer that a wait counts by; looking at the clock once a minute makes up for it.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private readonly SortedSet<Delivery> queue = new(Comparer<Delivery>.Create(Compare));
    private readonly Dictionary<(long Execution, int TaskId), Delivery> byStep = [];
    private readonly TimeProvider time;
    private readonly Action<Delivery> deliver;
    private readonly ITimer timer;
    private bool disposed;

    /// <summary>An empty queue.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="deliver">Called for each delivery when it is due; must not block.</param>
    public TimerQueue(TimeProvider time, Action<Delivery> deliver)
    {
        this.time = time;
        this.deliver = deliver;
        timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Delivers when due.</summary>
    public void Add(Delivery delivery)
    {
        lock (gate)
        {
            if (byStep.TryAdd((delivery.Execution, delivery.Event.TaskId), delivery))
            {
                queue.Add(delivery);
                Arm();
            }
        }
    }

    /// <summary>Forgets a delivery that is not due yet.</summary>
    public void Cancel(long execution, int taskId)
    {
        lock (gate)
        {
            if (byStep.Remove((execution, taskId), out Delivery? delivery))
            {
                queue.Remove(delivery);
                Arm();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            timer.Dispose();
        }
    }

    private void Fire()
    {
        List<Delivery> due = [];
        lock (gate)
        {
            DateTime now = time.GetUtcNow().UtcDateTime;
            while (queue.Min is { } next && next.Due <= now)
            {
                queue.Remove(next);
                byStep.Remove((next.Execution, next.Event.TaskId));
                due.Add(next);
            }

            Arm();
        }

        due.ForEach(deliver);
    }

    private void Arm()
    {
        if (disposed)
        {
            return;
        }

        TimeSpan wait = queue.Min is { } next ? next.Due - time.GetUtcNow().UtcDateTime : Timeout.InfiniteTimeSpan;
        if (queue.Count > 0)
        {
            // Whole milliseconds, rounded up: a timer that fires early would only be set again.
            wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Clamp(wait.TotalMilliseconds, 0, LongestWait.TotalMilliseconds)));
        }

        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private static int Compare(Delivery left, Delivery right)
    {
        int byTime = left.Due.CompareTo(right.Due);
        return byTime != 0 ? byTime : left.MessageId.CompareTo(right.MessageId);
    }
}
