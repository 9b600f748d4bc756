using System.Globalization;
using Spectre.Console;

namespace Trainyard.Benchmarks.Http;

/// <summary>
/// Start of the host to its first answer, and a function that does nothing against a bare minimal API with the same
/// answer: same run, same client, in turns.
/// </summary>
internal static class HttpBenchmark
{
    private const int Starts = 10;
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["serve", string kind])
        {
            return await NoOpServer.RunAsync(kind);
        }

        double[] starts = await HostStart.MeasureAsync(Starts);
        (LoadResult[] functions, LoadResult[] minimal) = await CompareAsync();
        Print(starts, functions, minimal);
        return 0;
    }

    private static async Task<(LoadResult[] Functions, LoadResult[] Minimal)> CompareAsync()
    {
        await using ServerProcess functionServer = await ServerProcess.StartBenchmarkAsync("http", "serve", NoOpServer.Functions);
        await using ServerProcess minimalServer = await ServerProcess.StartBenchmarkAsync("http", "serve", NoOpServer.Minimal);
        List<LoadResult> functions = [];
        List<LoadResult> minimal = [];
        await Load.RunAsync(functionServer);
        await Load.RunAsync(minimalServer);
        for (int round = 0; round < Rounds; round++)
        {
            functions.Add(await Load.RunAsync(functionServer));
            minimal.Add(await Load.RunAsync(minimalServer));
        }

        return ([.. functions], [.. minimal]);
    }

    private static void Print(double[] starts, LoadResult[] functions, LoadResult[] minimal)
    {
        double functionRate = Median(functions.Select(each => each.RequestsPerSecond));
        double minimalRate = Median(minimal.Select(each => each.RequestsPerSecond));
        Table table = new Table().AddColumns("what", "figure", "target");
        table.AddRow("host start to first 200, median of " + Starts, Text(Median(starts), "F0") + " ms", "at most 1,000 ms");
        table.AddRow("  fastest and slowest", $"{Text(starts.Min(), "F0")} to {Text(starts.Max(), "F0")} ms", "");
        table.AddRow("no-op function, median of " + Rounds, Text(functionRate, "N0") + " requests/s", "");
        table.AddRow("minimal API, median of " + Rounds, Text(minimalRate, "N0") + " requests/s", "");
        table.AddRow("ratio", Text(functionRate / minimalRate, "P0"), "at least 60 %");
        table.AddRow("no-op function allocates", Text(Median(functions.Select(each => each.BytesPerRequest)), "N0") + " B/request", "");
        table.AddRow("minimal API allocates", Text(Median(minimal.Select(each => each.BytesPerRequest)), "N0") + " B/request", "");
        AnsiConsole.Write(table);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
