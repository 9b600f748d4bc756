using Trainyard.Learning.Data;

namespace Trainyard.Learning.Sketches;

/// <summary>The distribution of one column, small enough to travel with a model. Plain data.</summary>
/// <param name="Name">The column.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Rows">Rows looked at.</param>
/// <param name="Missing">Of them, rows without a value.</param>
/// <param name="Quantiles">
/// <see cref="TableSketch.QuantileCount"/> values at evenly spaced probabilities from 0 to 1: of numbers themselves, of dates
/// in days since 1970-01-01 UTC, of free texts their length in UTF-16 units. Empty for other types, or without any value.
/// </param>
/// <param name="Categories">The most frequent categories or truth values, at most <see cref="TableSketch.MaximumCategories"/>, the most frequent first and of equals in ordinal order.</param>
/// <param name="OtherCount">Rows whose category is not listed.</param>
public sealed record ColumnSketch(
    string Name,
    ColumnType Type,
    int Rows,
    int Missing,
    IReadOnlyList<double> Quantiles,
    IReadOnlyList<CategoryCount> Categories,
    int OtherCount)
{
    /// <summary>Whether its figures can be those of a column.</summary>
    internal bool IsSound =>
        Enum.IsDefined(Type) && Missing >= 0 && Rows >= Missing && OtherCount >= 0
        && (Quantiles.Count == 0 || Quantiles.Count == TableSketch.QuantileCount)
        && Quantiles.All(double.IsFinite) && Quantiles.Zip(Quantiles.Skip(1)).All(pair => pair.First <= pair.Second)
        && Categories.All(category => category is { Count: >= 0 })
        && Categories.Sum(category => (long)category.Count) + OtherCount <= Rows;
}
