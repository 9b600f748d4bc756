namespace Trainyard.Learning.Data;

/// <summary>Collects the values of one column whose type is known.</summary>
internal abstract class ColumnBuilder
{
    /// <summary>What the values are.</summary>
    public abstract ColumnType Type { get; }

    /// <summary>Values collected, missing ones included.</summary>
    public abstract int Count { get; }

    public static ColumnBuilder For(ColumnType type, int capacity = 0) => type switch
    {
        ColumnType.Number => new NumberColumnBuilder(capacity),
        ColumnType.Boolean => new BooleanColumnBuilder(capacity),
        ColumnType.Date => new DateColumnBuilder(capacity),
        _ => new TextColumnBuilder(type, capacity),
    };

    /// <summary>The code of the error for a value that is not of this type.</summary>
    public static string MismatchCode(ColumnType type) => type switch
    {
        ColumnType.Number => "not_a_number",
        ColumnType.Boolean => "not_a_boolean",
        ColumnType.Date => "not_a_date",
        _ => "not_text",
    };

    /// <summary>What would be right, for an error message.</summary>
    public static string Expectation(ColumnType type) => type switch
    {
        ColumnType.Number => "a finite number with a decimal point, such as -1.5 or 3e8",
        ColumnType.Boolean => "true or false",
        ColumnType.Date => "an ISO 8601 date, such as 2024-02-29 or 2024-02-29T13:00:00Z",
        _ => "text",
    };

    public abstract void AppendMissing();

    /// <summary>Takes a value that is not missing; false when it is not of this type.</summary>
    public abstract bool TryAppend(ReadOnlySpan<byte> text);

    /// <summary>Appends the values of a builder of the same kind, which is not to be used any more.</summary>
    public abstract void Absorb(ColumnBuilder other);

    public abstract Column Build(string name);
}
