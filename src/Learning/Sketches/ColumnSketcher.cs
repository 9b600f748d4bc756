using Trainyard.Learning.Data;

namespace Trainyard.Learning.Sketches;

/// <summary>Makes the sketch of one column.</summary>
internal static class ColumnSketcher
{
    public static ColumnSketch Sketch(Column column) => column switch
    {
        NumberColumn numbers => OfNumbers(column, [.. numbers.Values.ToArray().Where(value => !double.IsNaN(value))]),
        DateColumn dates => OfNumbers(column, [.. Present(column).Select(row => (dates.ValueAt(row)!.Value - DateTime.UnixEpoch).TotalDays)]),
        TextColumn { Type: ColumnType.Text } texts => OfNumbers(column, [.. Present(column).Select(row => (double)texts.ValueAt(row)!.Length)]),
        TextColumn categories => OfCounts(column, categories.Dictionary.Zip(categories.CountPerCode(), (text, count) => new CategoryCount(text, count)).Where(each => each.Count > 0)),
        _ => OfCounts(column, Present(column).CountBy(row => column.TextAt(row)!).Select(each => new CategoryCount(each.Key, each.Value))),
    };

    private static IEnumerable<int> Present(Column column) => Enumerable.Range(0, column.RowCount).Where(row => !column.IsMissing(row));

    private static ColumnSketch OfNumbers(Column column, double[] values)
    {
        Array.Sort(values);
        double[] quantiles = values.Length == 0
            ? []
            : [.. Enumerable.Range(0, TableSketch.QuantileCount).Select(index => Statistics.QuantileOfSorted(values, index / (TableSketch.QuantileCount - 1.0)))];

        // Interpolating between equal neighbours may round to either side.
        Array.Sort(quantiles);
        return new ColumnSketch(column.Name, column.Type, column.RowCount, column.MissingCount, quantiles, [], 0);
    }

    private static ColumnSketch OfCounts(Column column, IEnumerable<CategoryCount> counts)
    {
        CategoryCount[] ordered = [.. counts.OrderByDescending(each => each.Count).ThenBy(each => each.Value, StringComparer.Ordinal)];
        int others = ordered.Skip(TableSketch.MaximumCategories).Sum(each => each.Count);
        return new ColumnSketch(column.Name, column.Type, column.RowCount, column.MissingCount, [], [.. ordered.Take(TableSketch.MaximumCategories)], others);
    }
}
