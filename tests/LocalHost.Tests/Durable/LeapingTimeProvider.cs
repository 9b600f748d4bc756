namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>A clock that leaps to the next timer at once: waiting costs no time, and comes in the right order.</summary>
internal sealed class LeapingTimeProvider : TimeProvider
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<(LeapTimer Timer, int Setting), (DateTimeOffset Due, long Order)> queue = new();
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long order;
    private bool leaping;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        LeapTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Set(LeapTimer timer, int setting, TimeSpan dueTime)
    {
        lock (gate)
        {
            queue.Enqueue((timer, setting), (now + dueTime, order++));
            if (!leaping)
            {
                leaping = true;
                _ = Task.Run(Leap);
            }
        }
    }

    private void Leap()
    {
        while (Next() is { } timer)
        {
            timer.Fire();
        }
    }

    private LeapTimer? Next()
    {
        lock (gate)
        {
            while (queue.TryDequeue(out (LeapTimer Timer, int Setting) next, out (DateTimeOffset Due, long Order) at))
            {
                if (next.Timer.Setting == next.Setting)
                {
                    now = at.Due > now ? at.Due : now;
                    return next.Timer;
                }
            }

            leaping = false;
            return null;
        }
    }

    private sealed class LeapTimer(LeapingTimeProvider clock, Action fire) : ITimer
    {
        private int setting;

        public int Setting => Volatile.Read(ref setting);

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            int current = Interlocked.Increment(ref setting);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock.Set(this, current, dueTime);
            }

            return true;
        }

        public void Dispose() => Interlocked.Increment(ref setting);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
