namespace Trainyard.Learning.Data;

/// <summary>Describes one column in figures.</summary>
internal static class ColumnProfiler
{
    private static readonly double[] Probabilities = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <param name="column">What to describe.</param>
    /// <param name="lines">Where its rows begin; null when it does not come from a file.</param>
    public static ColumnProfile Profile(Column column, RowLines? lines) =>
        Figures(column) with { Suspects = SuspectFinder.Find(column, lines) };

    /// <summary>The value, cut when it is long.</summary>
    public static string Shortened(string value) => value.Length <= TableProfile.MaxValueLength
        ? value
        : string.Concat(value.AsSpan(0, TableProfile.MaxValueLength - 1), "…");

    private static ColumnProfile Figures(Column column) => column switch
    {
        NumberColumn numbers => OfNumbers(numbers),
        DateColumn dates => OfDates(dates),
        BooleanColumn booleans => OfCounts(column, CountBooleans(booleans)),
        _ => OfCounts(column, CountTexts((TextColumn)column)),
    };

    private static ColumnProfile OfNumbers(NumberColumn column)
    {
        double[] sorted = [.. column.Values.ToArray().Where(value => !double.IsNaN(value))];
        Array.Sort(sorted);
        ColumnProfile profile = new(column.Name, column.Type, column.MissingCount, DistinctOfSorted(sorted));
        return sorted.Length == 0 ? profile : profile with { Number = Summarise(sorted) };
    }

    private static NumberSummary Summarise(double[] sorted)
    {
        (double mean, double deviation) = Statistics.MeanAndDeviation(sorted);
        double ofSample = sorted.Length < 2 ? 0 : deviation * Math.Sqrt(sorted.Length / (sorted.Length - 1.0));
        QuantileValue[] quantiles = Array.ConvertAll(Probabilities, probability => new QuantileValue(probability, Statistics.QuantileOfSorted(sorted, probability)));
        return new NumberSummary(sorted[0], sorted[^1], mean, Math.Min(ofSample, double.MaxValue), quantiles);
    }

    private static ColumnProfile OfDates(DateColumn column)
    {
        DateTime[] sorted = [.. Enumerable.Range(0, column.RowCount).Select(column.ValueAt).OfType<DateTime>().Order()];
        ColumnProfile profile = new(column.Name, column.Type, column.MissingCount, DistinctOfSorted(sorted));
        return sorted.Length == 0 ? profile : profile with { Date = new DateSummary(sorted[0], sorted[^1]) };
    }

    private static ColumnProfile OfCounts(Column column, List<CategoryCount> counts) =>
        new(column.Name, column.Type, column.MissingCount, counts.Count)
        {
            Top =
            [
                .. counts.OrderByDescending(count => count.Count).ThenBy(count => count.Value, StringComparer.Ordinal)
                    .Take(TableProfile.TopValues).Select(count => count with { Value = Shortened(count.Value) }),
            ],
        };

    private static List<CategoryCount> CountBooleans(BooleanColumn column) =>
        [.. Enumerable.Range(0, column.RowCount).Select(column.TextAt).OfType<string>().CountBy(text => text).Select(each => new CategoryCount(each.Key, each.Value))];

    private static List<CategoryCount> CountTexts(TextColumn column) =>
        [.. column.Dictionary.Zip(column.CountPerCode(), (text, count) => new CategoryCount(text, count)).Where(each => each.Count > 0)];

    private static int DistinctOfSorted<T>(T[] sorted)
        where T : IEquatable<T>
    {
        int distinct = sorted.Length == 0 ? 0 : 1;
        for (int index = 1; index < sorted.Length; index++)
        {
            distinct += sorted[index].Equals(sorted[index - 1]) ? 0 : 1;
        }

        return distinct;
    }
}
