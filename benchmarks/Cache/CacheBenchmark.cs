using System.Globalization;
using Spectre.Console;
using Trainyard.Domain.Caching;
using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Cache;

/// <summary>1,000 models and room for 100: hit ratios beside a cache that drops what was used longest ago, and what a reload of real files takes.</summary>
internal static class CacheBenchmark
{
    private const int Room = 100;

    // Models differ in size by one or two orders of magnitude; the bound of bytes is that of a hundred of mean size.
    private const double SpreadOfSizes = 1;
    private const long MeanBytes = 1_000_000;

    // Hits of one request in a thousand are within what the order of equals does.
    private const double Tolerance = 0.001;

    public static async Task<int> RunAsync(string[] arguments)
    {
        bool isHeld = arguments is not ["reload"] ? CompareTraces() : true;
        return arguments is ["traces"] || await ReloadRun.RunAsync() ? isHeld ? 0 : 1 : 1;
    }

    private static bool CompareTraces()
    {
        Table table = new Table().AddColumns("requests", "sizes", "LRU", "ours", "");
        bool isHeld = true;
        foreach ((string name, int[] trace) in Traces.All())
        {
            foreach ((string sizes, long[] bytes) in new[] { ("equal", Equal()), ("log-normal", LogNormal()) })
            {
                double peer = HitRatio(trace, bytes, new OldestFirst<int, TracedValue>());
                double ours = HitRatio(trace, bytes, new LearnedEviction<int, TracedValue>(CountOf(bytes), Room * MeanBytes));
                bool isNoWorse = ours >= peer - Tolerance;
                isHeld &= isNoWorse;
                table.AddRow(name, sizes, Text(peer), Text(ours), isNoWorse ? "held" : "MISSED");
            }
        }

        AnsiConsole.Write(table);
        return isHeld;
    }

    private static double HitRatio(int[] trace, long[] bytes, IEviction<int, TracedValue> eviction)
    {
        SharedLoads<int, TracedValue> loads = new(CountOf(bytes), Room * MeanBytes, eviction);
        int hits = 0;
        for (int index = 0; index < trace.Length; index++)
        {
            (int model, long clock) = (trace[index], index + 1);
            hits += loads.Holds(model) ? 1 : 0;
            TracedValue value = loads.GetAsync(model, () => Task.FromResult(new TracedValue(bytes[model], clock)), CancellationToken.None).GetAwaiter().GetResult();
            value.Touch(clock);
        }

        return hits / (double)trace.Length;
    }

    // Equal sizes are bounded by count, others by bytes alone.
    private static int CountOf(long[] bytes) => bytes[0] == MeanBytes && bytes[1] == MeanBytes ? Room : Traces.Models;

    private static long[] Equal() => [.. Enumerable.Repeat(MeanBytes, Traces.Models)];

    private static long[] LogNormal()
    {
        DeterministicRandom random = new(7);
        double[] sizes = [.. Enumerable.Range(0, Traces.Models).Select(_ => Math.Exp(SpreadOfSizes * random.NextGaussian()))];
        double mean = sizes.Average();
        return [.. sizes.Select(size => (long)(size / mean * MeanBytes))];
    }

    private static string Text(double ratio) => ratio.ToString("F4", CultureInfo.InvariantCulture);
}
