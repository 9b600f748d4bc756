using System.Diagnostics;
using System.Text.Json;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Trainyard.Benchmarks.Processes;
using Trainyard.Learning.ModelFile;

namespace Trainyard.Benchmarks.Performance;

/// <summary>What takes microseconds, by BenchmarkDotNet with its memory diagnoser, in a process of its own; and the first load of a process.</summary>
internal static class RowLatency
{
    private const double NanosecondsPerMicrosecond = 1e3;
    private const double NanosecondsPerMillisecond = 1e6;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync()
    {
        LatencyRun run = await PeerProcess.RunSelfAsync<LatencyRun>("performance", "latency");
        double first;
        using (TemporaryFile file = new(path => File.WriteAllBytes(path, ModelLatency.MakeFile())))
        {
            first = await PeerProcess.RunSelfAsync<double>("performance", "load", file.Path);
        }

        const string predict = "predict one row, 100 boosted trees, depth 6";
        const string load = "load a model file of 100 trees, depth 6";
        return
        [
            new(predict, "µs, once compiled", run.PredictMicroseconds, null, 2),
            new(predict, "bytes allocated", run.PredictBytes, null, 0),
            new(load, "ms, first of a process", first, null, null),
            new(load, "ms, once compiled", run.LoadMilliseconds, null, 2),
        ];
    }

    /// <summary>In the process of its own: BenchmarkDotNet's own report goes to standard error, so that the last line is ours.</summary>
    public static int Run()
    {
        using TemporaryFolder artifacts = new();
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(new TextLogger(Console.Error))
            .WithArtifactsPath(artifacts.Path);
        Summary summary = BenchmarkRunner.Run<ModelLatency>(config);
        BenchmarkReport predict = Report(summary, nameof(ModelLatency.Predict));
        BenchmarkReport load = Report(summary, nameof(ModelLatency.Load));
        Console.WriteLine(JsonSerializer.Serialize(new LatencyRun(
            predict.ResultStatistics!.Median / NanosecondsPerMicrosecond,
            predict.GcStats.GetBytesAllocatedPerOperation(predict.BenchmarkCase) ?? 0,
            load.ResultStatistics!.Median / NanosecondsPerMillisecond)));
        return 0;
    }

    /// <summary>In a process that has done nothing else.</summary>
    public static int LoadFirst(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        long start = Stopwatch.GetTimestamp();
        TabularModelFile.Read(file);
        Console.WriteLine(JsonSerializer.Serialize(Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        return 0;
    }

    private static BenchmarkReport Report(Summary summary, string method) =>
        summary.Reports.FirstOrDefault(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method && report.Success)
        ?? throw new InvalidOperationException($"BenchmarkDotNet did not measure {method}.");
}
