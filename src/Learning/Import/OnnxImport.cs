using Google.Protobuf;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Learners.Forests;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Models;
using Trainyard.Learning.Onnx;

namespace Trainyard.Learning.Import;

/// <summary>Reads tree ensembles from ONNX files, as skl2onnx writes them for scikit-learn, to serve them.</summary>
/// <remarks>
/// The graph is one TreeEnsembleRegressor or TreeEnsembleClassifier on one matrix of numbers, with nothing around it but
/// casts and the map of probabilities. Semantics: the operators' specification in ai.onnx.ml 1 and 3, and for what it leaves
/// open (a single score for two classes) ONNX Runtime. Inputs of 32 bits are rounded as there. The file does not say how
/// many rows went which way, so that explanations are sampled. The bytes are not trusted.
/// </remarks>
public static class OnnxImport
{
    private const string Regressor = "TreeEnsembleRegressor";
    private const string Classifier = "TreeEnsembleClassifier";

    /// <summary>Operators that change no number.</summary>
    private static readonly string[] Passed = ["Cast", "Identity", "ZipMap"];

    /// <summary>Reads a whole file.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="options">Names; null for the file's own.</param>
    /// <exception cref="LearningException">
    /// <c>model_file_too_large</c>; <c>model_import_invalid</c>: it is no ONNX file, or damaged; <c>model_import_unsupported</c>:
    /// another operator, or something of this one that is not known here; <c>option_out_of_range</c>, <c>schema_invalid</c> or
    /// <c>target_invalid</c>: names do not fit.
    /// </exception>
    public static TabularModel Read(ReadOnlySpan<byte> file, ImportOptions? options = null)
    {
        options ??= new ImportOptions();
        ImportErrors.CheckLength(file.Length, options);
        ModelProto model = Parse(file);
        NodeProto node = FindEnsemble(model.Graph);
        OnnxTreeNode ensemble = new(node, InputOf(model.Graph, node));
        TreeEnsembleModel trees = node.OpType == Classifier ? OnnxClassifier.Read(ensemble, LearnerOf(ensemble)) : ReadRegressor(ensemble);
        IReadOnlyList<string> labels = node.OpType == Classifier ? ensemble.Labels() : [];
        return ImportedModel.Of(trees, $"{model.ProducerName} {model.ProducerVersion}".Trim(), [], labels, node.OpType == Classifier, options);
    }

    private static ModelProto Parse(ReadOnlySpan<byte> file)
    {
        try
        {
            // From an array Google.Protobuf runs past a length that is larger than it; a stream it reads with care.
            using MemoryStream stream = new(file.ToArray(), writable: false);
            ModelProto model = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(stream);
            return model.Graph is null ? throw ImportErrors.Invalid("it is no ONNX file, or has no graph") : model;
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw ImportErrors.Invalid("it is no ONNX file", failure);
        }
    }

    private static NodeProto FindEnsemble(GraphProto graph)
    {
        NodeProto[] doing = [.. graph.Node.Where(node => !Passed.Contains(node.OpType, StringComparer.Ordinal))];
        if (doing.FirstOrDefault(node => node.OpType is not (Regressor or Classifier)) is { } other)
        {
            throw ImportErrors.Unsupported($"it has an operator '{other.OpType}'; only tree ensembles alone can be read");
        }

        return doing.Length == 1 ? doing[0] : throw ImportErrors.Unsupported($"it has {doing.Length} tree ensembles instead of one");
    }

    /// <summary>The graph's input that the node reads, through nothing but casts.</summary>
    private static ValueInfoProto InputOf(GraphProto graph, NodeProto node)
    {
        string name = node.Input.FirstOrDefault() ?? string.Empty;
        Dictionary<string, NodeProto> makers = graph.Node.SelectMany(each => each.Output, (maker, output) => (maker, output))
            .GroupBy(each => each.output, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().maker, StringComparer.Ordinal);

        // As many steps as there are nodes, for the graph may go in a circle.
        for (int step = 0; step < graph.Node.Count && makers.TryGetValue(name, out NodeProto? maker); step++)
        {
            name = maker.Input.FirstOrDefault() ?? string.Empty;
        }

        return graph.Input.FirstOrDefault(input => input.Name == name) ?? throw ImportErrors.Invalid("the trees do not read an input of the graph");
    }

    private static TreeEnsembleModel ReadRegressor(OnnxTreeNode node)
    {
        int targets = node.Integer("n_targets", 1);
        string aggregate = node.Text("aggregate_function", "SUM");
        if (targets != 1 || aggregate is not ("SUM" or "AVERAGE") || node.Text("post_transform", "NONE") != "NONE")
        {
            throw ImportErrors.Unsupported($"{targets} targets, aggregated by {aggregate} and transformed by {node.Text("post_transform", "NONE")}; one target, SUM or AVERAGE and NONE are known");
        }

        TreeEnsemble trees = node.Trees("target", 1, (leaf, _, weight) => leaf[0] += weight);
        OutputLink link = aggregate == "AVERAGE" ? OutputLink.Mean : OutputLink.Identity;
        return new TreeEnsembleModel(LearnerOf(node), node.FeatureCount, trees, link, node.Bases(1));
    }

    private static string LearnerOf(OnnxTreeNode node) =>
        node.TreeCount == 1 ? DecisionTreeLearner.LearnerName
        : node.Text("post_transform", "NONE") == "NONE" ? RandomForestLearner.LearnerName
        : GradientBoostingLearner.LearnerName;
}
