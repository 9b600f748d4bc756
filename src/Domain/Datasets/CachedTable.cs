using Trainyard.Domain.Caching;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Datasets;

/// <summary>A table in memory.</summary>
internal sealed class CachedTable(DatasetVersion version, Table table) : ICachedValue
{
    // A number or a moment takes as much; text takes less in its column, and its words once beside it, two bytes a letter.
    private const int BytesPerCell = sizeof(double);
    private const int BytesPerLetter = sizeof(char);

    private long lastUsed;

    public Table Table => table;

    /// <summary>An estimate from above.</summary>
    public long Bytes { get; } = ((long)table.RowCount * table.Columns.Count * BytesPerCell) + (table.Columns.Any(column => column is TextColumn) ? version.Bytes * BytesPerLetter : 0);

    public long LastUsed => Volatile.Read(ref lastUsed);

    public void Touch(long timestamp) => Volatile.Write(ref lastUsed, timestamp);
}
