using Trainyard.Learning.Data;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Sketches;

/// <summary>Rows whose columns are distributed as a sketch says: what is usual, where the rows themselves are gone.</summary>
/// <remarks>
/// Each column takes its values at evenly spaced probabilities, so that shares hold to half a row, in an order of its own:
/// columns are independent of one another, which those of real rows need not be. Of free text a sketch knows no words;
/// such a column is missing in every row.
/// </remarks>
internal static class SketchRows
{
    /// <summary>Stands for the categories that a sketch only counts: a character of nobody's alphabet.</summary>
    private const string OtherCategory = "\uE000";

    /// <summary>Makes rows; the same for the same sketch, columns, count and seed.</summary>
    /// <param name="sketch">The distributions.</param>
    /// <param name="columns">The columns to make; one without a sketch is missing in every row.</param>
    /// <param name="count">Rows, at least one.</param>
    /// <param name="seed">Decides which values meet in a row.</param>
    public static Table Make(TableSketch sketch, TableSchema columns, int count, ulong seed)
    {
        DeterministicRandom random = new(seed);
        Dictionary<string, ColumnSketch> sketches = sketch.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return new Table([.. columns.Columns.Select((column, index) => MakeColumn(column, sketches.GetValueOrDefault(column.Name), Order(index)))]);

        int[] Order(int column)
        {
            int[] order = [.. Enumerable.Range(0, count)];
            random.Fork((ulong)column).Shuffle(order);
            return order;
        }
    }

    private static Column MakeColumn(ColumnSchema column, ColumnSketch? sketch, int[] order)
    {
        ColumnSketch? known = sketch?.Type == column.Type && sketch.Rows > 0 ? sketch : null;
        return column.Type switch
        {
            ColumnType.Number => new NumberColumn(column.Name, [.. order.Select(place => Quantile(known, Position(known, place, order.Length)) ?? double.NaN)]),
            ColumnType.Date => new DateColumn(column.Name, order.Select(place => Date(Quantile(known, Position(known, place, order.Length))))),
            ColumnType.Boolean => new BooleanColumn(column.Name, order.Select(place => Truth(Category(known, Position(known, place, order.Length))))),
            ColumnType.Category => new TextColumn(column.Name, column.Type, order.Select(place => Category(known, Position(known, place, order.Length)))),
            _ => new TextColumn(column.Name, column.Type, order.Select(_ => (string?)null)),
        };
    }

    /// <summary>Where among the sketch's rows with a value a place falls, from 0 to their number; null among those without.</summary>
    private static double? Position(ColumnSketch? sketch, int place, int count)
    {
        if (sketch is null)
        {
            return null;
        }

        double position = ((place + 0.5) / count * sketch.Rows) - sketch.Missing;
        return position < 0 ? null : position;
    }

    private static double? Quantile(ColumnSketch? sketch, double? position) => position is not { } place || sketch!.Quantiles.Count == 0
        ? null
        : Statistics.QuantileOfSorted([.. sketch.Quantiles], Math.Clamp(place / (sketch.Rows - sketch.Missing), 0, 1));

    private static string? Category(ColumnSketch? sketch, double? position)
    {
        if (position is not { } left)
        {
            return null;
        }

        foreach (CategoryCount category in sketch!.Categories)
        {
            left -= category.Count;
            if (left < 0)
            {
                return category.Value;
            }
        }

        return OtherCategory;
    }

    private static DateTime? Date(double? days) => days is { } known
        ? new DateTime((long)Math.Clamp(DateTime.UnixEpoch.Ticks + (known * TimeSpan.TicksPerDay), 0, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), DateTimeKind.Utc)
        : null;

    private static bool? Truth(string? text) => text is not null && ValueText.TryBoolean(text, out bool value) ? value : null;
}
