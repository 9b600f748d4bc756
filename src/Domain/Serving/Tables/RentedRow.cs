using System.Buffers;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>Room for one row of a request, in rented memory.</summary>
internal readonly ref struct RentedRow(int columns)
{
    private readonly Cell[] cells = ArrayPool<Cell>.Shared.Rent(Math.Max(columns, 1));
    private readonly int[] lastRow = ArrayPool<int>.Shared.Rent(Math.Max(columns, 1));

    /// <summary>One cell per column.</summary>
    public Span<Cell> Cells => cells.AsSpan(0, columns);

    /// <summary>One number per column.</summary>
    public Span<int> LastRow => lastRow.AsSpan(0, columns);

    public void Dispose()
    {
        // Cleared, since cells hold texts of the caller.
        ArrayPool<Cell>.Shared.Return(cells, clearArray: true);
        ArrayPool<int>.Shared.Return(lastRow);
    }
}
