namespace Trainyard.Learning.Data;

/// <summary>A column of truth values, 1 byte a row.</summary>
public sealed class BooleanColumn : Column
{
    private const sbyte Missing = -1;
    private readonly sbyte[] values;

    /// <summary>Takes the values; null is missing.</summary>
    public BooleanColumn(string name, IEnumerable<bool?> values)
        : this(name, [.. values.Select(value => value is { } known ? (sbyte)(known ? 1 : 0) : Missing)])
    {
    }

    /// <summary>Wraps <paramref name="values"/> without copying: 0, 1, or -1 for missing.</summary>
    internal BooleanColumn(string name, sbyte[] values)
        : base(name, ColumnType.Boolean, values.Length, values.Count(value => value < 0)) => this.values = values;

    /// <summary>The value of a row; null when it is missing.</summary>
    public bool? ValueAt(int row) => values[row] < 0 ? null : values[row] > 0;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => values[row] < 0;

    /// <inheritdoc/>
    public override Cell CellAt(int row) => ValueAt(row) is { } value ? Cell.FromBoolean(value) : Cell.Missing;

    /// <inheritdoc/>
    public override string? TextAt(int row) => CellAt(row).Text;

    /// <inheritdoc/>
    public override Column SelectRows(ReadOnlySpan<int> rows) => new BooleanColumn(Name, Select(values, rows));
}
