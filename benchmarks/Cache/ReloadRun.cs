using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Trainyard.Benchmarks.Predict;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning.Models;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Benchmarks.Cache;

/// <summary>Zipf requests to real models of 100 trees on the local host, a hundred of a thousand in memory: what a request costs that has to load its model.</summary>
internal static class ReloadRun
{
    private const int Room = 100;
    private const int Requests = 10_000;
    private const double TargetMilliseconds = 20;

    /// <summary>Measures, prints, and says whether the target is met.</summary>
    public static async Task<bool> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("trainyard-bench-").FullName;
        LocalHostOptions options = new()
        {
            Urls = ["http://127.0.0.1:0"],
            DataFolder = folder,
            LogToConsole = false,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Trainyard:Serving:MaxModels"] = Room.ToString(CultureInfo.InvariantCulture) },
        };
        try
        {
            await using LocalHostApplication host = await LocalHostApplication.StartAsync(options, CancellationToken.None);
            byte[] body = await DeployAsync(host.Services);
            return await MeasureAsync(host.Services, body);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> MeasureAsync(IServiceProvider services, byte[] body)
    {
        Predictor predictor = services.GetRequiredService<Predictor>();
        ModelCache cache = services.GetRequiredService<ModelCache>();
        int[] trace = Traces.All().First(each => each.Name.StartsWith("Zipf, exponent 0.9", StringComparison.Ordinal)).Requests[..Requests];
        await AskAsync(predictor, trace[0], body);
        long before = GC.GetTotalMemory(forceFullCollection: true) - cache.Bytes;
        List<double> loads = [];
        List<double> hits = [];
        HashSet<int> seen = [];
        foreach (int model in trace)
        {
            long count = cache.Loads;
            double took = await AskAsync(predictor, model, body);
            (cache.Loads > count ? loads : hits).Add(took);
            seen.Add(model);
        }

        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        loads.Sort();
        hits.Sort();
        Table table = new Table().AddColumns("what", "value", "target");
        table.AddRow("requests, models asked for", $"{trace.Length}, {seen.Count}", "");
        table.AddRow("hit ratio", (hits.Count / (double)trace.Length).ToString("F4", CultureInfo.InvariantCulture), "");
        table.AddRow("request that loads: p50", Milliseconds(loads, 0.5), "");
        table.AddRow("  p99", Milliseconds(loads, 0.99), $"at most {TargetMilliseconds} ms");
        table.AddRow("request that does not: p50", Milliseconds(hits, 0.5), "");
        table.AddRow("memory of the models, measured", Mebibytes(cache.Bytes), "");
        table.AddRow("  the collector's count of it, and of all that was made beside", Mebibytes(taken), "");
        AnsiConsole.Write(table);
        return loads[(int)(loads.Count * 0.99)] <= TargetMilliseconds;
    }

    private static async Task<double> AskAsync(Predictor predictor, int model, byte[] body)
    {
        long started = Stopwatch.GetTimestamp();
        await predictor.PredictAsync(new ModelCall(TenantId.Default, NameOf(model)), PredictFace.Rows, body, new ArrayBufferWriter<byte>(512), CancellationToken.None);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<byte[]> DeployAsync(IServiceProvider services)
    {
        TabularModel model = ServedModelHost.Train(Path.Combine("samples", "breast-cancer.csv"), PredictBenchmark.Target, "gradient_boosting");
        DeployedFile file = new(model);
        for (int index = 0; index < Traces.Models; index++)
        {
            await file.DeployAsync(services, NameOf(index));
        }

        return Encoding.UTF8.GetBytes($$"""{"instance": {"{{model.Inputs.Columns[0].Name}}": 12.5} }""");
    }

    private static string NameOf(int model) => string.Create(CultureInfo.InvariantCulture, $"model-{model}");

    private static string Milliseconds(List<double> sorted, double part) => sorted[(int)(sorted.Count * part)].ToString("F2", CultureInfo.InvariantCulture) + " ms";

    private static string Mebibytes(long bytes) => (bytes / 1048576.0).ToString("F1", CultureInfo.InvariantCulture) + " MiB";
}
