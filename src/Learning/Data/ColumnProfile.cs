namespace Trainyard.Learning.Data;

/// <summary>One column in figures. What a type has no figure for is null.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Distinct">Distinct values; exact.</param>
public sealed record ColumnProfile(string Name, ColumnType Type, int Missing, int Distinct)
{
    /// <summary>Figures of a number column; null for other types or when every value is missing.</summary>
    public NumberSummary? Number { get; init; }

    /// <summary>Figures of a date column; null for other types or when every value is missing.</summary>
    public DateSummary? Date { get; init; }

    /// <summary>
    /// The most frequent values of a boolean, category or text column, most frequent first and then in ordinal order; empty for other types.
    /// </summary>
    public IReadOnlyList<CategoryCount> Top { get; init; } = [];

    /// <summary>Values that alone keep a category or text column from being numbers, truth values or dates; null when there are none.</summary>
    public ColumnSuspects? Suspects { get; init; }
}
