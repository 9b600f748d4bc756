using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Trainyard.Benchmarks.Durable;

/// <summary>The durable engine with synchronous FULL: throughput, memory over many steps, time to carry on after a crash.</summary>
internal static class DurableBenchmark
{
    private const int WarmUpSteps = 200;
    private const int ChainSteps = 2_000;
    private const int FanOutRounds = 200;
    private const int MemorySteps = 100_000;
    private const int RecoverySteps = 10_000;
    private static readonly int[] MemoryMarks = [10_000, 25_000, 50_000, 75_000, 100_000];

    /// <summary>Measures and prints a table.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        string folder = Directory.CreateTempSubdirectory("trainyard-durable-").FullName;
        try
        {
            Table table = new Table().AddColumns("what", "value", "wanted");
            table.AddRow("one 4 KiB write + flush on this disk", $"{DiskFlush.Measure(folder):F2} ms", "the floor of every commit");
            await MeasureThroughputAsync(Below(folder, "throughput"), table);
            await MeasureMemoryAsync(Below(folder, "memory"), table);
            await MeasureRecoveryAsync(Below(folder, "recovery"), table);
            AnsiConsole.Write(table);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureThroughputAsync(string folder, Table table)
    {
        await using DurableRig rig = await DurableRig.OpenAsync(folder);
        await rig.RunAsync("Chain", WarmUpSteps);
        Stopwatch chain = Stopwatch.StartNew();
        await rig.RunAsync("Chain", ChainSteps);
        table.AddRow("one sequential chain", PerSecond(ChainSteps, chain, "steps"), "at least 150 steps/s");
        Stopwatch fanOut = Stopwatch.StartNew();
        await rig.RunAsync("FanOut", FanOutRounds);
        table.AddRow($"{DurableRig.Width}-wide fan-out", PerSecond(FanOutRounds * DurableRig.Width, fanOut, "activities"), "at least 1,000 activities/s");
    }

    private static async Task MeasureMemoryAsync(string folder, Table table)
    {
        List<string> marks = [];
        await using DurableRig rig = await DurableRig.OpenAsync(folder, steps =>
        {
            if (MemoryMarks.Contains(steps))
            {
                marks.Add(string.Create(CultureInfo.InvariantCulture, $"{steps / 1000}k: {GC.GetTotalMemory(forceFullCollection: true) / 1048576.0:F1} MiB"));
            }
        });
        await rig.RunAsync("FanOut", MemorySteps / DurableRig.Width);
        table.AddRow("managed memory in one instance", string.Join("\n", marks), "flat");
    }

    private static async Task MeasureRecoveryAsync(string folder, Table table)
    {
        string id;
        await using (DurableRig rig = await DurableRig.OpenAsync(folder))
        {
            id = await rig.Client.ScheduleNewOrchestrationInstanceAsync("ChainThenWait", RecoverySteps);
            await rig.RunAsync("Chain", RecoverySteps);
        }

        Stopwatch watch = Stopwatch.StartNew();
        await using DurableRig again = await DurableRig.OpenAsync(folder);
        TimeSpan open = watch.Elapsed;
        await again.Client.RaiseEventAsync(id, "go", "on");
        await again.Client.WaitForInstanceCompletionAsync(id);
        table.AddRow("start on an existing file", $"{open.TotalMilliseconds:F0} ms", "-");
        table.AddRow($"carry on after {RecoverySteps:N0} steps", $"{watch.Elapsed.TotalMilliseconds:F0} ms", "-");
    }

    private static string Below(string folder, string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

    private static string PerSecond(int count, Stopwatch watch, string unit) => $"{count / watch.Elapsed.TotalSeconds:N0} {unit}/s";
}
