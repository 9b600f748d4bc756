using Trainyard.Domain.Serving.Tables;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Serving.Inference;

/// <summary>The tensors of a model.</summary>
internal static class InferenceSignature
{
    /// <summary>The output with the label or number of each row.</summary>
    public const string Predict = "predict";

    /// <summary>The output with the value for each label of each row.</summary>
    public const string Probabilities = "predict_proba";

    /// <summary>The output with the id of each prediction.</summary>
    public const string Ids = "prediction_id";

    private const int AnyRows = -1;

    /// <summary>A tensor for each column; none has to be there.</summary>
    public static IReadOnlyList<TensorMetadata> InputsOf(ServedTable model) =>
        [.. model.Inputs.Columns.Select(column => new TensorMetadata(column.Name, TypeOf(column.Type).Name, [AnyRows]))];

    /// <summary>What can be asked for.</summary>
    public static IReadOnlyList<TensorMetadata> OutputsOf(ServedTable model) => model.IsClassifier
        ?
        [
            new(Predict, TensorType.Bytes.Name, [AnyRows]),
            new(Probabilities, TensorType.Fp64.Name, [AnyRows, model.OutputCount]),
            new(Ids, TensorType.Bytes.Name, [AnyRows]),
        ]
        : [new(Predict, TensorType.Fp64.Name, [AnyRows]), new(Ids, TensorType.Bytes.Name, [AnyRows])];

    private static TensorType TypeOf(ColumnType type) => type switch
    {
        ColumnType.Number => TensorType.Fp64,
        ColumnType.Boolean => TensorType.Bool,
        _ => TensorType.Bytes,
    };
}
