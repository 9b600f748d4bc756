using System.Buffers;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Serving.Forecasts;
using Trainyard.Domain.Serving.Tables;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Serving.Inference;

/// <inheritdoc cref="PredictFace.Inference"/>
internal sealed class InferenceFace : PredictFace
{
    /// <inheritdoc/>
    internal override int Answer(ServedTable model, PredictCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        InferenceRequest request = InferenceRequestReader.Read(call.Body);
        IReadOnlyList<TensorMetadata> outputs = Wanted(request, InferenceSignature.OutputsOf(model));
        Cell[] row = new Cell[model.Columns.Count];
        using TensorRows tensors = new(call.Body, request.Inputs, model, call.Limits.MaxRows);
        TensorRowReader reader = new(tensors, row);
        using RowPredictions predictions = model.Predict(ref reader, row, call, cancellationToken);
        InferenceWriter.Write(answer, call.Version, model, request.Id, outputs, predictions, call.Id);
        return predictions.PredictedCount;
    }

    /// <inheritdoc/>
    internal override int Answer(ServedForecaster model, PredictCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken) =>
        throw InferenceProblems.Unsupported(call.Version.ModelName);

    /// <inheritdoc/>
    internal override void Read(ServedTable model, PredictCall call, RowVisit visit)
    {
        Cell[] row = new Cell[model.Columns.Count];
        using TensorRows tensors = new(call.Body, InferenceRequestReader.Read(call.Body).Inputs, model, call.Limits.MaxRows);
        TensorRowReader reader = new(tensors, row);
        ReadAll(ref reader, row, visit);
    }

    private static IReadOnlyList<TensorMetadata> Wanted(InferenceRequest request, IReadOnlyList<TensorMetadata> outputs) => request.Outputs is null
        ? outputs
        : [.. request.Outputs.Select(name => outputs.FirstOrDefault(output => output.Name == name) ?? throw InferenceProblems.UnknownOutput(name, [.. outputs.Select(output => output.Name)]))];
}
