using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Trainyard.Benchmarks.Accuracy;

/// <summary>Compares scores with XGBoost, scikit-learn and statsmodels on the same rows, splits and settings; fails where a bound is missed.</summary>
/// <remarks>
/// Arguments: a folder in which the peers' answers are kept (those that are there are not computed again), then the names of
/// tables, series or texts; all without any.
/// </remarks>
internal static class AccuracyBenchmark
{
    private const int Width = 180;

    public static async Task<int> RunAsync(string[] arguments)
    {
        string folder = arguments.FirstOrDefault() ?? Path.Combine(Path.GetTempPath(), "trainyard-accuracy");
        string[] names = arguments.Skip(1).ToArray();
        await AskPeersAsync(folder, names);
        AnsiConsole.Profile.Width = Width;
        Table table = new Table().Border(TableBorder.Markdown).AddColumns("data", "fitted", "metric", "ours", "peer", "worse by", "at most", "held");
        List<Verdict> verdicts = [];
        foreach (string file in Files(folder, names))
        {
            await Console.Error.WriteLineAsync(Path.GetFileNameWithoutExtension(file));
            Verdict[] found = [.. Compare(file)];
            verdicts.AddRange(found);
            foreach (Verdict verdict in found.Where(verdict => !verdict.IsHeld))
            {
                await Console.Error.WriteLineAsync("  " + string.Join(" | ", Cells(verdict)));
            }
        }

        foreach (Verdict verdict in verdicts.Where(verdict => verdict.Metric.Bound is not null))
        {
            table.AddRow(Cells(verdict));
        }

        AnsiConsole.Write(table);
        AnsiConsole.Write(DefaultsTable.Of(verdicts));
        Verdict[] missed = [.. verdicts.Where(verdict => !verdict.IsHeld && !verdict.IsNoise)];
        int bounded = verdicts.Count(verdict => verdict.Metric.Bound is not null);
        Console.WriteLine($"{bounded} bounds: {verdicts.Count(verdict => verdict.Metric.Bound is not null && verdict.IsHeld)} held, {verdicts.Count(verdict => !verdict.IsHeld && verdict.IsNoise)} within the noise of the seeds, {missed.Length} missed.");
        return missed.Length == 0 ? 0 : 1;
    }

    private static async Task AskPeersAsync(string folder, string[] names)
    {
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Combine("benchmarks", "peers", "accuracy"), folder, .. names]))
            ?? throw new InvalidOperationException("python3 did not start.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("The peers failed; they need apt-get install python3-sklearn python3-xgboost python3-statsmodels.");
        }
    }

    private static IEnumerable<string> Files(string folder, string[] names) => new[] { "tables", "series", "texts" }
        .Select(kind => Path.Combine(folder, kind))
        .Where(Directory.Exists)
        .SelectMany(kind => Directory.GetFiles(kind, "*.json").Order(StringComparer.Ordinal))
        .Where(file => names.Length == 0 || names.Contains(Path.GetFileNameWithoutExtension(file)));

    private static IEnumerable<Verdict> Compare(string file)
    {
        switch (Path.GetFileName(Path.GetDirectoryName(file)))
        {
            case "series":
                return OtherComparisons.Compare(PeerTables.Read<PeerSeries>(file));
            case "texts":
                return OtherComparisons.Compare(PeerTables.Read<PeerTexts>(file));
            default:
                PeerTable table = PeerTables.Read<PeerTable>(file);
                return table.Cases.Where(peer => peer.Metrics.Length > 0).SelectMany(peer => Comparison.Compare(table, peer));
        }
    }

    private static string[] Cells(Verdict verdict) =>
    [
        verdict.Data, verdict.Study, verdict.Metric.Name, Spread(verdict.OurMean, verdict.OurDeviation), Spread(verdict.PeerMean, verdict.PeerDeviation),
        Share(verdict, verdict.Deficit), Share(verdict, verdict.Metric.Bound!.Value), verdict.IsHeld ? "yes" : verdict.IsNoise ? "within noise" : "NO",
    ];

    private static string Spread(double mean, double deviation) => string.Create(CultureInfo.InvariantCulture, $"{mean:G5} ± {deviation:G2}");

    private static string Share(Verdict verdict, double value) => verdict.Metric.IsRelative
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:F2} %")
        : string.Create(CultureInfo.InvariantCulture, $"{value:F4}");
}
