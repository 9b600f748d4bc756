using System.Text.Json.Serialization;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>How one column becomes one or more features: what was learned of it, and how to apply that. Immutable.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NumberEncoding), "number")]
[JsonDerivedType(typeof(BooleanEncoding), "boolean")]
[JsonDerivedType(typeof(CategoryEncoding), "category")]
[JsonDerivedType(typeof(DateEncoding), "date")]
[JsonDerivedType(typeof(TextEncoding), "text")]
internal abstract class ColumnEncoding(string column)
{
    /// <summary>Characters of a value that an error message repeats.</summary>
    private const int MaxShown = 60;

    /// <summary>The data column.</summary>
    public string Column { get; } = column;

    /// <summary>The features, whose count is the width of <c>output</c> below.</summary>
    public abstract IReadOnlyList<FeatureInfo> Describe();

    /// <summary>Writes the features of one cell.</summary>
    /// <exception cref="LearningException">The cell does not fit the column.</exception>
    public abstract void Encode(Cell cell, Span<double> output);

    /// <summary>Writes the features of one row of a column that may have another type than the one fitted.</summary>
    public virtual void Encode(Column values, int row, Span<double> output) => Encode(values.CellAt(row), output);

    /// <summary>Whether a feature was standardised, and so has a mean of 0 over the rows that it was fitted on.</summary>
    /// <param name="feature">Index into <see cref="Describe"/>.</param>
    public virtual bool IsCentred(int feature) => false;

    /// <summary>Whether a cell has no value: it is missing, or it is text that stands for that.</summary>
    private protected static bool IsMissing(Cell cell) =>
        cell.Kind == CellKind.Missing || (cell.Kind == CellKind.Text && MissingMarkers.Default.Match(cell.Text!));

    private protected LearningException Mismatch(ColumnType type, Cell cell)
    {
        string text = CellValue.TextOf(cell, stackalloc char[CellValue.MaxNumberText]).ToString();
        string shown = text.Length > MaxShown ? string.Concat(text.AsSpan(0, MaxShown), "…") : text;
        return new(ColumnBuilder.MismatchCode(type), $"'{shown}' in column '{Column}' must be {ColumnBuilder.Expectation(type)}.", Column);
    }
}
