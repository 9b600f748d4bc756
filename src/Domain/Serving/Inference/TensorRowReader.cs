using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving.Tables;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Serving.Inference;

/// <summary>Gives the rows of a request's tensors, one after the other.</summary>
/// <param name="tensors">The elements.</param>
/// <param name="row">Receives each row: one cell per column, missing before.</param>
internal sealed class TensorRowReader(TensorRows tensors, Cell[] row) : IRowReader
{
    /// <inheritdoc/>
    public PredictOptions Options => PredictOptions.Default;

    /// <inheritdoc/>
    public IgnoredColumns? Ignored => null;

    /// <inheritdoc/>
    public int RowNumber { get; private set; }

    /// <inheritdoc/>
    public bool TryRead(out Problem? refused)
    {
        refused = null;
        if (RowNumber == tensors.Count)
        {
            return false;
        }

        tensors.CopyRow(RowNumber, row);
        RowNumber++;
        return true;
    }
}
