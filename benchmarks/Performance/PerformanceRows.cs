using Trainyard.Benchmarks.Boosting;
using Trainyard.Benchmarks.Csv;
using Trainyard.Benchmarks.Learning;
using Trainyard.Benchmarks.Processes;

namespace Trainyard.Benchmarks.Performance;

/// <summary>The work that has a target, measured by the benchmarks of its kind.</summary>
internal static class PerformanceRows
{
    private const int Small = 100_000;
    private const int Large = 1_000_000;
    private const string First = "first of a process";
    private const string Compiled = "once compiled";

    public static IReadOnlyList<PerformanceRow> All { get; } =
    [
        new("boosting_100k", turns => BoostingAsync(Small, "100k", turns)),
        new("boosting_1m", turns => BoostingAsync(Large, "1M", turns)),
        new("random_forest", turns => LearnerAsync("random_forest", "random forest, 100 trees", "accuracy", 0.7, turns)),
        new("isolation_forest", turns => LearnerAsync("isolation_forest", "isolation forest", null, 0.5, turns)),
        new("logistic_regression", turns => LearnerAsync("logistic_regression", "logistic regression", "loss", 1.0, turns)),
        new("csv", CsvAsync),
        new("one_row", _ => RowLatency.MeasureAsync()),
    ];

    private static async Task<IReadOnlyList<Figure>> BoostingAsync(int rows, string size, int turns)
    {
        using TemporaryFile file = new(path => BoostingRows.Write(path, rows));
        Turns<BoostingRun> measured = await BoostingBenchmark.MeasureAsync(file.Path, turns);
        string fit = $"boosted trees, {size} x 28, 100 trees, depth 6";
        string predict = $"predict {size} rows, 100 boosted trees";
        return
        [
            Compare(fit, $"fit, s, {First}", measured.Medians(run => run.FirstFitSeconds), 1),
            Compare(fit, $"fit, s, {Compiled}", measured.Medians(run => run.FitSeconds), 1),
            Compare(fit, "peak memory, MiB", measured.Medians(run => run.FitPeakMebibytes), 1),
            Compare(fit, "AUC on rows held out", measured.Medians(run => run.Auc), null),
            Compare(predict, $"s, {First}", measured.Medians(run => run.FirstPredictSeconds), 1),
            Compare(predict, $"s, {Compiled}", measured.Medians(run => run.PredictSeconds), 1),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> LearnerAsync(string learner, string work, string? worth, double atMost, int turns)
    {
        using TemporaryFile file = new(path => BoostingRows.Write(path, Small));
        Turns<LearnerRun> measured = await LearnersBenchmark.MeasureAsync(learner, file.Path, turns);
        string described = $"{work}, 100k x 28";
        List<Figure> figures =
        [
            Compare(described, $"fit, s, {First}", measured.Medians(run => run.FirstFitSeconds), atMost),
            Compare(described, $"fit, s, {Compiled}", measured.Medians(run => run.FitSeconds), atMost),
        ];
        if (worth is not null)
        {
            figures.Add(Compare(described, worth, measured.Medians(run => run.Worth), null));
        }

        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> CsvAsync(int turns)
    {
        List<Figure> figures = [];
        foreach ((string format, string digits) in ((string, string)[])[("F6", "6 digits"), ("R", "all digits")])
        {
            using TemporaryFile file = new(path => WideCsvBenchmark.Write(path, Large, format));
            Turns<CsvRun> measured = await WideCsvBenchmark.MeasureAsync(file.Path, turns);
            string work = $"read CSV, 1M x 29, {digits}";
            figures.Add(Compare(work, $"s, {First}", measured.Medians(run => run.FirstSeconds), 0.7));
            figures.Add(Compare(work, $"s, {Compiled}", measured.Medians(run => run.Seconds), 0.7));
            figures.Add(Compare(work, "peak memory, MiB", measured.Medians(run => run.PeakMebibytes), null));
        }

        return figures;
    }

    private static Figure Compare(string work, string what, (double Ours, double Peer) medians, double? atMost) => new(work, what, medians.Ours, medians.Peer, atMost);
}
