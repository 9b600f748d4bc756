using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>Lets the engine die at its n-th commit: nothing is written from then on.</summary>
internal sealed class Crash(int commit, bool before) : ICommitObserver
{
    private int begun;
    private int finished;
    private volatile bool dead;

    public TaskCompletionSource Happened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Commits => Volatile.Read(ref finished);

    public void BeforeCommit()
    {
        if (dead || (before && Interlocked.Increment(ref begun) == commit))
        {
            Die();
        }
    }

    public void AfterCommit()
    {
        if (dead || (Interlocked.Increment(ref finished) == commit && !before))
        {
            Die();
        }
    }

    private void Die()
    {
        dead = true;
        Happened.TrySetResult();
        throw new SimulatedCrashException();
    }
}

/// <summary>Lets one commit fail, as a disk does that is full for a moment.</summary>
internal sealed class Hiccup(int commit, bool before) : ICommitObserver
{
    private int begun;
    private int finished;

    public void BeforeCommit()
    {
        if (Interlocked.Increment(ref begun) == commit && before)
        {
            throw new SimulatedCrashException();
        }
    }

    public void AfterCommit()
    {
        if (Interlocked.Increment(ref finished) == commit && !before)
        {
            throw new SimulatedCrashException();
        }
    }
}

internal sealed class SimulatedCrashException() : Exception("The process died here.");
