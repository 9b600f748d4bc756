using Trainyard.Learning.Learners.Ensembles;

namespace Trainyard.Learning.Onnx;

/// <summary>Writes an ensemble: its members, each on its own features, and what makes one prediction of theirs.</summary>
internal sealed class EnsembleGraph(GraphWriter graph, ScoreGraph scores)
{
    public string Write(EnsembleModel model, string matrix)
    {
        string[] outputs = [.. model.Members.Select(member => scores.Write(member.Model, Features(model, member, matrix)))];
        return model.Combination switch
        {
            WeightedMean mean => Sum(outputs, mean.Weights, mean.Total),
            MajorityVote vote => Sum([.. outputs.Select(output => Vote(output, model.OutputCount))], vote.Weights, vote.Total),
            StackedOutputs stacked => scores.Write(stacked.Final, graph.Concat(model.OutputCount == 2 ? [.. outputs.Select(Second)] : outputs)),
            _ => throw new LearningException("onnx_unsupported", $"'{model.Learner}' models are not exported to ONNX."),
        };
    }

    private string Features(EnsembleModel model, EnsembleMember member, string matrix)
    {
        if (member.Model.FeatureCount == model.FeatureCount)
        {
            return matrix;
        }

        long end = member.FirstFeature + member.Model.FeatureCount;
        return graph.Add("Slice", [matrix, graph.Constant([(long)member.FirstFeature]), graph.Constant([end]), graph.Constant([1L])]);
    }

    private string Sum(string[] values, ReadOnlySpan<double> weights, double total)
    {
        string? sum = null;
        for (int index = 0; index < values.Length; index++)
        {
            string weighted = graph.Add("Mul", [values[index], graph.Scalar(weights[index])]);
            sum = sum is null ? weighted : graph.Add("Add", [sum, weighted]);
        }

        return graph.Add("Div", [sum!, graph.Scalar(total)]);
    }

    /// <summary>1 for the most probable class, 0 for the others.</summary>
    private string Vote(string probabilities, int classCount)
    {
        string best = graph.ToDouble(graph.Add("ArgMax", [probabilities], Attributes.Of("axis", 1), Attributes.Of("keepdims", 1)));
        return graph.ToDouble(graph.Add("Equal", [best, graph.Constant([.. Enumerable.Range(0, classCount).Select(index => (double)index)], 1, classCount)]));
    }

    private string Second(string probabilities) => graph.Add("Gather", [probabilities, graph.Constant([1L])], Attributes.Of("axis", 1));
}
