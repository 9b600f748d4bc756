using System.Buffers;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>Outputs of the rows predicted so far, in rented memory. Not thread safe.</summary>
internal sealed class PredictionOutputs(int perRow) : IDisposable
{
    private double[] values = ArrayPool<double>.Shared.Rent(perRow);

    public int RowCount { get; private set; }

    public ReadOnlySpan<double> Values => values.AsSpan(0, RowCount * perRow);

    /// <summary>Room for the outputs of one row more.</summary>
    public Span<double> AddRow()
    {
        int start = RowCount * perRow;
        if (start + perRow > values.Length)
        {
            double[] larger = ArrayPool<double>.Shared.Rent(checked((start + perRow) * 2));
            Values.CopyTo(larger);
            ArrayPool<double>.Shared.Return(values);
            values = larger;
        }

        RowCount++;
        return values.AsSpan(start, perRow);
    }

    public void Dispose()
    {
        double[] returned = values;
        values = [];
        RowCount = 0;
        if (returned.Length > 0)
        {
            ArrayPool<double>.Shared.Return(returned);
        }
    }
}
