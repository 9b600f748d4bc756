using System.Buffers;
using Trainyard.Domain.Problems;
using Trainyard.Learning.Explanations;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>What became of the rows of a request so far; outputs lie in rented memory. Not thread safe.</summary>
/// <param name="perRow">Outputs of a row.</param>
internal sealed class RowPredictions(int perRow) : IDisposable
{
    private double[] values = ArrayPool<double>.Shared.Rent(perRow);
    private List<(int Row, Problem Problem)>? refusals;
    private List<Contributions?>? explanations;

    /// <summary>Rows, refused ones included.</summary>
    public int RowCount { get; private set; }

    /// <summary>Rows that were predicted.</summary>
    public int PredictedCount => RowCount - Refusals.Count;

    /// <summary>Row by row; of refused ones they mean nothing.</summary>
    public ReadOnlySpan<double> Values => values.AsSpan(0, RowCount * perRow);

    /// <summary>Refused rows by 0-based index, in order.</summary>
    public IReadOnlyList<(int Row, Problem Problem)> Refusals => refusals ?? [];

    /// <summary>Columns that the model does not have and that were passed over; null unless they may be.</summary>
    public IgnoredColumns? Ignored { get; init; }

    /// <summary>The outputs of one row.</summary>
    public ReadOnlySpan<double> Of(int row) => values.AsSpan(row * perRow, perRow);

    /// <summary>Whether a row was refused; asked of one row after the other.</summary>
    /// <param name="row">0-based.</param>
    /// <param name="refusal">0 before the first row; counts on.</param>
    public bool IsRefused(int row, ref int refusal)
    {
        if (refusals is null || refusal == refusals.Count || refusals[refusal].Row != row)
        {
            return false;
        }

        refusal++;
        return true;
    }

    /// <summary>Why a row is predicted as it is; null when that was not asked or the row was refused.</summary>
    public Contributions? ExplanationOf(int row) => explanations is not null && row < explanations.Count ? explanations[row] : null;

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

    /// <summary>Takes back the last row as one that was refused.</summary>
    public void RefuseLast(Problem problem) => (refusals ??= []).Add((RowCount - 1, problem));

    /// <summary>Explains the last row; those before that have no explanation stay without.</summary>
    public void ExplainLast(Contributions contributions)
    {
        explanations ??= [];
        while (explanations.Count < RowCount - 1)
        {
            explanations.Add(null);
        }

        explanations.Add(contributions);
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
