using System.Globalization;
using Spectre.Console;

namespace Trainyard.Benchmarks.Accuracy;

/// <summary>Default settings on both sides, over all tables: they differ, so no table binds, but on average ours should not lose.</summary>
internal static class DefaultsTable
{
    public static Table Of(IEnumerable<Verdict> verdicts)
    {
        Table table = new Table().Border(TableBorder.Markdown).AddColumns("settings of each side", "metric", "tables", "ours better", "peer better", "median advantage of ours");
        foreach (IGrouping<(string Study, string Metric), Verdict> group in verdicts.Where(verdict => verdict.Metric.Bound is null).GroupBy(verdict => (verdict.Study, verdict.Metric.Name)))
        {
            double[] advantages = [.. group.Select(Advantage).Order()];
            double median = (advantages[advantages.Length / 2] + advantages[(advantages.Length - 1) / 2]) / 2;
            string shown = Measures.IsHigherBetter(group.Key.Metric) ? median.ToString("F4", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{100 * median:F2} %");
            table.AddRow(group.Key.Study, group.Key.Metric, $"{advantages.Length}", $"{advantages.Count(each => each > 0)}", $"{advantages.Count(each => each < 0)}", shown);
        }

        return table;
    }

    /// <summary>In units of the metric where higher is better, in shares of the peer's error elsewhere.</summary>
    private static double Advantage(Verdict verdict) => Measures.IsHigherBetter(verdict.Metric.Name) ? verdict.OurMean - verdict.PeerMean : (verdict.PeerMean - verdict.OurMean) / Math.Abs(verdict.PeerMean);
}
