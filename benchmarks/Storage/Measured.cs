using System.Diagnostics;

namespace Trainyard.Benchmarks.Storage;

/// <summary>How often something was done in how long.</summary>
internal readonly record struct Measured(long Count, TimeSpan Elapsed)
{
    internal double PerSecond => Count / Elapsed.TotalSeconds;

    /// <summary>Repeats work in some callers at once, for about a time, after a short warm-up.</summary>
    internal static async Task<Measured> RunAsync(int callers, TimeSpan duration, Func<int, Task> work)
    {
        int next = 0;
        await LoopAsync(callers, duration / 5, () => work(Interlocked.Increment(ref next)));
        return await LoopAsync(callers, duration, () => work(Interlocked.Increment(ref next)));
    }

    private static async Task<Measured> LoopAsync(int callers, TimeSpan duration, Func<Task> work)
    {
        long count = 0;
        Stopwatch watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < duration)
            {
                await work();
                Interlocked.Increment(ref count);
            }
        })));
        return new Measured(count, watch.Elapsed);
    }
}
