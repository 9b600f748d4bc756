using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Trainyard.Benchmarks.Processes;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.PredictionLogs;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Tenancy;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Benchmarks.Predict;

/// <summary>One caller asks for one row as fast as it can, in the process of the host and without HTTP: what the prediction log adds to a request.</summary>
internal static class LogRun
{
    private const int Rounds = 9;
    private const int Requests = 30_000;
    private static readonly double[] Rates = [0, 1];

    /// <summary>Measures and prints; rounds of both rates take turns.</summary>
    public static async Task<int> RunAsync(byte[] body)
    {
        string folder = Directory.CreateTempSubdirectory("trainyard-bench-").FullName;
        LocalHostOptions options = new() { Urls = ["http://127.0.0.1:0"], DataFolder = folder, LogToConsole = false };
        Dictionary<double, List<Measured>> rounds = Rates.ToDictionary(rate => rate, _ => new List<Measured>());
        string dropped;
        await using (LocalHostApplication host = await LocalHostApplication.StartAsync(options, CancellationToken.None))
        {
            await new DeployedFile(ServedModelHost.Train(Path.Combine("samples", "breast-cancer.csv"), PredictBenchmark.Target, "gradient_boosting"))
                .DeployAsync(host.Services, ServedModelHost.ModelName);
            for (int round = 0; round <= Rounds; round++)
            {
                foreach (double rate in Rates)
                {
                    Measured measured = await MeasureAsync(host.Services, rate, round, body);
                    if (round > 0)
                    {
                        rounds[rate].Add(measured);
                    }
                }
            }

            dropped = Dropped(host.Services);
        }

        Directory.Delete(folder, recursive: true);
        Print(rounds[0], rounds[1], dropped);
        return 0;
    }

    private static async Task<Measured> MeasureAsync(IServiceProvider services, double rate, int round, byte[] body)
    {
        TrafficChange change = new() { LogRate = rate };
        await services.GetRequiredService<ModelTraffic>().SetAsync(
            TenantId.Default, ServedModelHost.ModelName, change, string.Create(CultureInfo.InvariantCulture, $"round-{round}-{rate}"), new ChangeNote("benchmark"), CancellationToken.None);
        Predictor predictor = services.GetRequiredService<Predictor>();
        PredictionLog log = services.GetRequiredService<PredictionLog>();
        await AskAsync(predictor, body, 1000);
        Settle(log);
        TimeSpan busy = Process.GetCurrentProcess().TotalProcessorTime;
        long all = GC.GetTotalAllocatedBytes(precise: true);
        long started = Stopwatch.GetTimestamp();
        long own = await AskAsync(predictor, body, Requests);
        double took = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        Settle(log);
        double processor = (Process.GetCurrentProcess().TotalProcessorTime - busy).TotalMicroseconds;
        return new(took / Requests, processor / Requests, own / (double)Requests, (GC.GetTotalAllocatedBytes(precise: true) - all) / (double)Requests);
    }

    // Bytes that were allocated on the way of requests.
    private static async Task<long> AskAsync(Predictor predictor, byte[] body, int requests)
    {
        long allocated = 0;
        ArrayBufferWriter<byte> answer = new(1024);
        ModelCall call = new(TenantId.Default, ServedModelHost.ModelName);
        for (int request = 0; request < requests; request++)
        {
            answer.ResetWrittenCount();
            long before = GC.GetAllocatedBytesForCurrentThread();
            ValueTask asked = predictor.PredictAsync(call, PredictFace.Rows, body, answer, CancellationToken.None);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            await asked;
        }

        return allocated;
    }

    private static void Settle(PredictionLog log) => SpinWait.SpinUntil(() => log.Waiting == 0);

    private static string Dropped(IServiceProvider services)
    {
        PrometheusText text = new();
        services.GetRequiredService<MetricsRegistry>().Write(text);
        return string.Join(", ", text.ToString().Split('\n').Where(line => line.StartsWith("ml_prediction_log_rows_total", StringComparison.Ordinal) || line.StartsWith("ml_prediction_log_dropped_total", StringComparison.Ordinal)));
    }

    private static void Print(List<Measured> without, List<Measured> with, string dropped)
    {
        Table table = new Table().AddColumns("one row in process", "log_rate 0", "log_rate 1", "ratio");
        Add(table, "time of a request, µs", without, with, each => each.Microseconds);
        Add(table, "processor time, worker included, µs", without, with, each => each.ProcessorMicroseconds);
        Add(table, "bytes allocated on the way of a request", without, with, each => each.OwnBytes);
        Add(table, "bytes allocated, worker included", without, with, each => each.AllBytes);
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(dropped);
    }

    private static void Add(Table table, string name, List<Measured> without, List<Measured> with, Func<Measured, double> value)
    {
        (double before, double after) = (Median.Of(without.Select(value)), Median.Of(with.Select(value)));
        table.AddRow(name, Text(before), Text(after), Text(after / before));
    }

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private sealed record Measured(double Microseconds, double ProcessorMicroseconds, double OwnBytes, double AllBytes);
}
