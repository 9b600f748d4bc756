using Google.Protobuf;
using Trainyard.Learning.Features.Encodings;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Onnx;

/// <summary>Writes a model, its feature plan included, as an ONNX file that ONNX Runtime executes.</summary>
/// <remarks>
/// One input per column that the model reads, named as the column, of shape [rows, 1]: text for categories (empty or a
/// marker such as <c>NA</c> is missing), else 64-bit numbers with NaN for missing: truth values as 0 and 1, dates in seconds
/// since 1970-01-01 UTC. Outputs: <c>label</c> [rows] and <c>probabilities</c> [rows, classes] in the order of the metadata's
/// <c>classes</c>, or <c>prediction</c> [rows, 1]; where a column has that name, an underscore follows. Numbers stay 64 bits wide up to the trees' thresholds, so that no row takes
/// another way; only the sum of the trees' leaves is rounded to 32 bits, as the operator gives it out.
/// </remarks>
public static class OnnxExport
{
    /// <summary>The usual extension.</summary>
    public const string Extension = ".onnx";

    /// <summary>The format of ONNX 1.10 (2021).</summary>
    private const long FormatVersion = 8;

    /// <summary>The operator set of ONNX 1.10, for 64-bit numbers in all operators used.</summary>
    private const long OperatorSet = 15;

    /// <summary>The first with 64-bit thresholds.</summary>
    private const long MachineLearningSet = 3;

    /// <summary>The file of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Observed at every tree.</param>
    /// <exception cref="LearningException"><c>onnx_unsupported</c>: the model reads free text (the field names the column), or is none of trees, a linear model, a network on rows, k-means or an ensemble of such.</exception>
    public static byte[] ToBytes(TabularModel model, CancellationToken cancellationToken = default)
    {
        GraphWriter graph = new(model.Plan.Encodings.Select(encoding => encoding.Column));
        string matrix = WriteFeatures(model, graph);
        ScoreGraph scores = new(graph, cancellationToken);
        string outputs = scores.Write(model.Model, matrix);
        if (model.Calibration is { } calibration)
        {
            outputs = scores.Write(calibration, outputs);
        }

        WriteOutputs(model, graph, outputs);
        ModelProto file = new()
        {
            IrVersion = FormatVersion,
            ProducerName = "trainyard",
            ProducerVersion = model.Lineage.LibraryVersion,
            Graph = graph.Graph,
        };
        file.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = OperatorSet });
        file.OpsetImport.Add(new OperatorSetIdProto { Domain = GraphWriter.MachineLearning, Version = MachineLearningSet });
        Describe(file, model);
        cancellationToken.ThrowIfCancellationRequested();
        return file.ToByteArray();
    }

    private static string WriteFeatures(TabularModel model, GraphWriter graph)
    {
        ColumnGraph columns = new(graph);
        List<string> features = [];
        HashSet<string> inputs = new(StringComparer.Ordinal);
        foreach (ColumnEncoding encoding in model.Plan.Encodings)
        {
            // An ensemble may read a column in several ways.
            if (inputs.Add(encoding.Column))
            {
                graph.Graph.Input.Add(Value(encoding.Column, ColumnGraph.TypeOf(encoding), 1));
            }

            features.Add(columns.Write(encoding));
        }

        return graph.Concat(features);
    }

    private static void WriteOutputs(TabularModel model, GraphWriter graph, string outputs)
    {
        if (model.Task == LearningTask.Regression)
        {
            graph.Graph.Output.Add(Value(graph.Name(outputs, "prediction"), TensorProto.Types.DataType.Double, 1));
            return;
        }

        string best = graph.Add("ArgMax", [outputs], Attributes.Of("axis", 1), Attributes.Of("keepdims", 0));
        string label = graph.Add("Gather", [graph.Constant([.. model.Classes]), best]);
        graph.Graph.Output.Add(Value(graph.Name(label, "label"), TensorProto.Types.DataType.String));
        graph.Graph.Output.Add(Value(graph.Name(outputs, "probabilities"), TensorProto.Types.DataType.Double, model.Classes.Count));
    }

    private static ValueInfoProto Value(string name, TensorProto.Types.DataType type, params long[] further)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "rows" });
        shape.Dim.Add(further.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }

    private static void Describe(ModelProto file, TabularModel model)
    {
        file.MetadataProps.Add(new StringStringEntryProto { Key = "learner", Value = model.Lineage.Learner });
        file.MetadataProps.Add(new StringStringEntryProto { Key = "target", Value = model.Target.Column });
        if (model.Lineage.DatasetSha256 is { } hash)
        {
            file.MetadataProps.Add(new StringStringEntryProto { Key = "dataset_sha256", Value = hash });
        }

        if (model.Classes.Count > 0)
        {
            file.MetadataProps.Add(new StringStringEntryProto { Key = "classes", Value = System.Text.Json.JsonSerializer.Serialize(model.Classes, OnnxJson.Default.IReadOnlyListString) });
        }
    }
}
