using System.Buffers;
using System.Text;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;

namespace Trainyard.Domain.Batches.Results;

/// <summary>Writes rows of results as UTF-8. For one stretch of rows, on one thread.</summary>
/// <param name="layout">What a row holds.</param>
/// <param name="target">Receives them.</param>
/// <param name="firstRow">1-based number of the first row in the job; the first of all brings the heading along.</param>
internal abstract class ResultWriter(ResultLayout layout, IBufferWriter<byte> target, long firstRow) : IScoredRows
{
    /// <summary>Rows that could not be predicted.</summary>
    public int FailedRows { get; private set; }

    protected ResultLayout Layout => layout;

    protected IBufferWriter<byte> Target => target;

    /// <summary>The number of the row at hand.</summary>
    protected long Row { get; private set; } = firstRow - 1;

    public static ResultWriter Create(ResultLayout layout, IBufferWriter<byte> target, long firstRow) =>
        layout.Format == ResultFormat.JsonLines ? new JsonLinesResultWriter(layout, target, firstRow) : new CsvResultWriter(layout, target, firstRow);

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<byte> id, ReadOnlySpan<double> outputs, RowFault? fault)
    {
        Row++;
        if (fault is null)
        {
            Write(id, outputs, layout.IsClassifier ? Evaluator.MostProbable(outputs) : 0);
        }
        else
        {
            FailedRows++;
            Write(id, fault);
        }
    }

    protected abstract void Write(ReadOnlySpan<byte> id, ReadOnlySpan<double> outputs, int best);

    protected abstract void Write(ReadOnlySpan<byte> id, RowFault fault);

    protected static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
