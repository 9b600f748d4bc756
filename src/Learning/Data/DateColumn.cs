namespace Trainyard.Learning.Data;

/// <summary>A column of points in time, UTC, 8 bytes a row.</summary>
public sealed class DateColumn : Column
{
    /// <summary>Stands for a missing value among the ticks.</summary>
    internal const long Missing = long.MinValue;

    private readonly long[] ticks;

    /// <summary>Takes the values; null is missing, others are read as UTC.</summary>
    public DateColumn(string name, IEnumerable<DateTime?> values)
        : this(name, [.. values.Select(value => value?.Ticks ?? Missing)])
    {
    }

    /// <summary>Wraps <paramref name="ticks"/> without copying.</summary>
    internal DateColumn(string name, long[] ticks)
        : base(name, ColumnType.Date, ticks.Length, ticks.Count(value => value == Missing)) => this.ticks = ticks;

    /// <summary>The value of a row, UTC; null when it is missing.</summary>
    public DateTime? ValueAt(int row) => IsMissing(row) ? null : new DateTime(ticks[row], DateTimeKind.Utc);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => ticks[row] == Missing;

    /// <inheritdoc/>
    public override Cell CellAt(int row) => Cell.FromText(TextAt(row));

    /// <inheritdoc/>
    public override string? TextAt(int row) => ValueAt(row) is { } value ? ValueText.OfDate(value) : null;

    /// <inheritdoc/>
    public override Column SelectRows(ReadOnlySpan<int> rows) => new DateColumn(Name, Select(ticks, rows));
}
