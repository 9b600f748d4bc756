using System.Buffers;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving.Forecasts;
using Trainyard.Domain.Serving.Tables;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Serving.Faces;

/// <summary>A form in which predictions are asked and answered. Immutable and thread safe.</summary>
public abstract class PredictFace
{
    private protected PredictFace()
    {
    }

    /// <summary>Of <c>/api/v1</c>: <c>{"instances": […]}</c>.</summary>
    public static PredictFace Rows { get; } = new RowsFace();

    /// <summary>Of <c>/mlops</c>: <c>{"modelId": …, "input": {…}}</c>.</summary>
    public static PredictFace Single { get; } = new SingleFace();

    /// <summary>Of the Open Inference Protocol: <c>{"inputs": […]}</c>.</summary>
    public static PredictFace Inference { get; } = new Inference.InferenceFace();

    /// <summary>Answers with a model of tables.</summary>
    /// <param name="model">The model.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="answer">Receives UTF-8; untouched when this throws.</param>
    /// <param name="cancellationToken">Observed where an answer can take longer than some milliseconds.</param>
    /// <returns>How many rows were predicted.</returns>
    /// <exception cref="ProblemException">The request cannot be answered.</exception>
    internal abstract int Answer(ServedTable model, PredictCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken);

    /// <summary>Answers with a model of a series.</summary>
    /// <inheritdoc cref="Answer(ServedTable, PredictCall, IBufferWriter{byte}, CancellationToken)"/>
    internal abstract int Answer(ServedForecaster model, PredictCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken);

    /// <summary>Reads the rows of a request again that was answered before, in order, without those that cannot be read.</summary>
    /// <param name="model">The model that answered.</param>
    /// <param name="call">What was asked.</param>
    /// <param name="visit">Sees each.</param>
    internal abstract void Read(ServedTable model, PredictCall call, RowVisit visit);

    private protected static void ReadAll<TReader>(ref TReader reader, ReadOnlySpan<Cell> row, RowVisit visit)
        where TReader : IRowReader, allows ref struct
    {
        while (reader.TryRead(out Problem? refused))
        {
            if (refused is null)
            {
                visit(reader.RowNumber - 1, row);
            }
        }
    }
}
