using Trainyard.Learning.Learners.Anomalies;
using Trainyard.Learning.Learners.Clustering;

namespace Trainyard.Learning.Onnx;

/// <summary>Writes models that were learned without labels.</summary>
internal sealed class UnlabelledGraph(GraphWriter graph)
{
    /// <summary>1 for the nearest centre, 0 for the others.</summary>
    /// <remarks>Distances are of differences, not of the shorter product of rows and centres, whose rounding would move rows between centres.</remarks>
    public string Write(KMeansModel model, string matrix)
    {
        double[] centers = [.. Enumerable.Range(0, model.OutputCount).SelectMany(cluster => model.Center(cluster).ToArray())];
        string rows = graph.Add("Unsqueeze", [matrix, graph.Constant([1L])]);
        string differences = graph.Add("Sub", [rows, graph.Constant(centers, 1, model.OutputCount, model.FeatureCount)]);
        string distances = graph.Add("ReduceSum", [graph.Add("Mul", [differences, differences]), graph.Constant([2L])], Attributes.Of("keepdims", 0));
        string nearest = graph.ToDouble(graph.Add("ArgMin", [distances], Attributes.Of("axis", 1), Attributes.Of("keepdims", 1)));
        string clusters = graph.Constant([.. Enumerable.Range(0, model.OutputCount).Select(cluster => (double)cluster)], 1, model.OutputCount);
        return graph.ToDouble(graph.Add("Equal", [nearest, clusters]));
    }

    /// <summary>1 - s and s, as the forest scales its score s around its threshold.</summary>
    public string Write(IsolationForestModel model, string matrix, CancellationToken cancellationToken)
    {
        string lengths = new TreeGraph(model.Trees, 1, cancellationToken).Write(graph, matrix);
        string exponent = model.MeanLength > 0
            ? graph.Add("Mul", [lengths, graph.Scalar(-Math.Log(2) / (model.Trees.TreeCount * model.MeanLength))])
            : graph.Add("Add", [graph.Add("Mul", [lengths, graph.Scalar(0)]), graph.Scalar(Math.Log(IsolationForestModel.PapersThreshold))]);
        string score = graph.Add("Exp", [exponent]);
        string threshold = graph.Scalar(model.Threshold);
        string below = graph.Add("Mul", [score, graph.Scalar(0.5 / model.Threshold)]);
        string rise = graph.Add("Mul", [graph.Add("Sub", [score, threshold]), graph.Scalar(0.5 / (1 - model.Threshold))]);
        string anomaly = graph.Add("Where", [graph.Add("Greater", [score, threshold]), graph.Add("Add", [rise, graph.Scalar(0.5)]), below]);
        return graph.Concat([graph.Add("Sub", [graph.Scalar(1), anomaly]), anomaly]);
    }
}
