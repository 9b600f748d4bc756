using System.Diagnostics;

namespace Trainyard.Benchmarks.Processes;

/// <summary>Times work at two stages of a process: the first time, while .NET still compiles it, and when that is done. The peers do the same.</summary>
internal static class Stages
{
    /// <summary>Work after which the runtime has compiled what is hot for good, which it does in the background and in steps of 100 ms.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>Seconds that <paramref name="work"/> takes.</summary>
    public static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Seconds that <paramref name="work"/> takes once three seconds of it are behind, <paramref name="spent"/> included.</summary>
    public static double TimeCompiled(Action work, double spent)
    {
        while (spent < WarmUp.TotalSeconds)
        {
            spent += Time(work);
        }

        return Time(work);
    }
}
