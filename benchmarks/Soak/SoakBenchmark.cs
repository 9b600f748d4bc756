using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Trainyard.Benchmarks.Http;
using Trainyard.Benchmarks.Processes;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Benchmarks.Soak;

/// <summary>
/// Minutes of mixed load on one host, with registrations, deployments, splits, roll-backs, deletions and evictions all the while:
/// no request may fail or be answered by anything but the version that it names, and memory may not grow. Argument: minutes, 10 unless given.
/// </summary>
internal static class SoakBenchmark
{
    private const int Callers = 8;
    private const int Room = 8;
    private const double DefaultMinutes = 10;
    private const double Growth = 1.1;
    private const int MinSamples = 8;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["host"])
        {
            return await HostAsync();
        }

        double minutes = arguments.Length > 0 ? double.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultMinutes;
        SoakModels models = new();
        SoakFleet fleet = new();
        await using ServerProcess server = await ServerProcess.StartBenchmarkAsync("soak", "host");
        using SoakClient client = new(server.Address);
        SoakOperator operations = new(client, fleet, models);
        await operations.BeginAsync();

        using CancellationTokenSource stop = new(TimeSpan.FromMinutes(minutes));
        long start = Stopwatch.GetTimestamp();
        List<double> memory = [];
        Task[] work =
        [
            operations.RunAsync(stop.Token),
            .. Enumerable.Range(0, Callers).Select(caller => Task.Run(() => new SoakCaller(client, fleet, models, (ulong)caller + 1).RunAsync(stop.Token))),
        ];
        await AnsiConsole.Status().StartAsync("Soaking", async status =>
        {
            while (!stop.IsCancellationRequested)
            {
                memory.Add(await client.MetricAsync("process_resident_memory_bytes") / (1 << 20));
                status.Status(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalMinutes:0.0} of {minutes} minutes, {client.Answered.Values.Sum():N0} requests, {client.Failed} failed, {memory[^1]:0} MiB"));
                await Task.Delay(Between, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        });
        await Task.WhenAll(work);
        return Report(client, memory, Stopwatch.GetElapsedTime(start), await client.MetricAsync("ml_model_unloads_total"));
    }

    private static int Report(SoakClient client, List<double> memory, TimeSpan took, double unloads)
    {
        Table table = new Table().Title(string.Create(CultureInfo.InvariantCulture, $"{took.TotalMinutes:0.0} minutes, {SoakFleet.Models} models, room for {Room}")).AddColumns("request", "answered rightly");
        foreach ((string kind, long count) in client.Answered.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            table.AddRow(Markup.Escape(kind), count.ToString("N0", CultureInfo.InvariantCulture));
        }

        table.AddRow("[bold]all[/]", client.Answered.Values.Sum().ToString("N0", CultureInfo.InvariantCulture));
        AnsiConsole.Write(table);
        foreach (string failure in client.Failures)
        {
            AnsiConsole.WriteLine(failure);
        }

        // The first quarter loads and compiles; from then on nothing may be added.
        double early = Median.Of(memory[(memory.Count / 4)..(memory.Count / 2)]);
        double late = Median.Of(memory[(memory.Count * 3 / 4)..]);
        bool isFlat = memory.Count >= MinSamples && late <= Growth * early;
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{client.Failed} failed; {unloads:N0} models unloaded; memory {early:0} MiB in the second quarter, {late:0} MiB in the last, {late / early:0.00}x (at most {Growth}x), {memory.Max():0} MiB at most."));
        return client.Failed == 0 && isFlat ? 0 : 1;
    }

    private static async Task<int> HostAsync()
    {
        string folder = Directory.CreateTempSubdirectory("trainyard-bench-").FullName;
        LocalHostOptions options = new()
        {
            Urls = ["http://127.0.0.1:0"],
            DataFolder = folder,
            LogToConsole = false,
            HandleSignals = true,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["MAX_MODELS_IN_MEMORY"] = Room.ToString(CultureInfo.InvariantCulture) },
        };
        await using (LocalHostApplication host = await LocalHostApplication.StartAsync(options, CancellationToken.None))
        {
            Console.WriteLine(host.BaseAddress);
            await host.WaitForShutdownAsync(CancellationToken.None);
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }
}
