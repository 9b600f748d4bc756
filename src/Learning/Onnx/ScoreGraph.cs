using Trainyard.Learning.Calibration;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Anomalies;
using Trainyard.Learning.Learners.Clustering;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.Learners.Linear;
using Trainyard.Learning.Learners.Networks;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Onnx;

/// <summary>Writes what follows the features: scores, what they mean, and calibration.</summary>
internal sealed class ScoreGraph(GraphWriter graph, CancellationToken cancellationToken)
{
    /// <summary>One probability per class, or a number.</summary>
    /// <exception cref="LearningException"><c>onnx_unsupported</c>: the model is of a kind that is not exported.</exception>
    public string Write(IModel model, string matrix) => model switch
    {
        TreeEnsembleModel trees => Write(trees, matrix),
        LinearModel linear => Write(linear, matrix),
        NetworkModel network => Write(network, matrix),
        KMeansModel clusters => new UnlabelledGraph(graph).Write(clusters, matrix),
        EnsembleModel ensemble => new EnsembleGraph(graph, this).Write(ensemble, matrix),
        IsolationForestModel forest => new UnlabelledGraph(graph).Write(forest, matrix, cancellationToken),
        _ => throw new LearningException("onnx_unsupported", $"'{model.Learner}' models are not exported to ONNX; trees, isolation forests, linear models, networks on rows and k-means are, and ensembles of them."),
    };

    /// <summary>Calibrated probabilities.</summary>
    public string Write(ProbabilityCalibration calibration, string probabilities)
    {
        int[] classes = calibration.ClassCount == 2 ? [1] : [.. Enumerable.Range(0, calibration.ClassCount)];
        string[] curves = [.. classes.Select((index, curve) =>
        {
            string column = graph.Add("Gather", [probabilities, graph.Constant([(long)index])], Attributes.Of("axis", 1));
            return calibration.Method == CalibrationMethod.Platt ? Curve(calibration.Platt[curve], column) : Curve(calibration.Isotonic[curve], column);
        })];
        return calibration.ClassCount == 2
            ? graph.Concat([graph.Add("Sub", [graph.Scalar(1), curves[0]]), curves[0]])
            : Normalized(graph.Concat(curves), calibration.ClassCount);
    }

    private string Write(TreeEnsembleModel model, string matrix)
    {
        string sums = new TreeGraph(model.Trees, model.Baseline.Length, cancellationToken).Write(graph, matrix);
        string means = model.Link == OutputLink.Mean ? graph.Add("Div", [sums, graph.Scalar(model.TreeCount)]) : sums;
        string scores = graph.Add("Add", [means, graph.Constant(model.Baseline.ToArray())]);
        return model.Link switch
        {
            OutputLink.Logistic => Logistic(scores),
            OutputLink.Softmax => Softmax(scores),
            OutputLink.Exponential => graph.Add("Min", [graph.Add("Exp", [scores]), graph.Scalar(double.MaxValue)]),
            _ => scores,
        };
    }

    private string Write(LinearModel model, string matrix)
    {
        // A missing value counts as 0. Slopes lie score by score, and a matrix product wants them feature by feature.
        string known = graph.Add("Where", [graph.Add("IsNaN", [matrix]), graph.Scalar(0), matrix]);
        int scoreCount = model.Intercepts.Length;
        double[] slopes = new double[model.Slopes.Length];
        for (int index = 0; index < slopes.Length; index++)
        {
            slopes[index] = model.Slopes[(index % scoreCount * model.FeatureCount) + (index / scoreCount)];
        }

        string product = graph.Add("MatMul", [known, graph.Constant(slopes, model.FeatureCount, scoreCount)]);
        string scores = graph.Add("Add", [product, graph.Constant(model.Intercepts.ToArray())]);
        return model.Link switch
        {
            LinearLink.Logistic => Logistic(scores),
            LinearLink.Softmax => Softmax(scores),
            _ => scores,
        };
    }

    private string Write(NetworkModel model, string matrix)
    {
        string sums = new NetworkGraph(graph).Write(model, matrix);
        return model.Shape.Head == NetworkHead.Softmax ? Softmax(sums) : sums;
    }

    private string Logistic(string scores) => graph.Concat([graph.Add("Sigmoid", [graph.Add("Neg", [scores])]), graph.Add("Sigmoid", [scores])]);

    private string Softmax(string scores) => graph.Add("Softmax", [scores], Attributes.Of("axis", 1));

    private string Curve(PlattCurve curve, string probability)
    {
        string inside = Bounded(probability, ProbabilityCalibration.SmallestProbability, 1 - ProbabilityCalibration.SmallestProbability);
        string logOdds = graph.Add("Log", [graph.Add("Div", [inside, graph.Add("Sub", [graph.Scalar(1), inside])])]);
        string exponent = graph.Add("Add", [graph.Add("Mul", [logOdds, graph.Scalar(curve.Slope)]), graph.Scalar(curve.Intercept)]);
        return graph.Add("Sigmoid", [graph.Add("Neg", [exponent])]);
    }

    /// <summary>The first value, and of every piece the part of its rise that the probability has passed.</summary>
    private string Curve(IsotonicCurve curve, string probability)
    {
        int pieces = curve.Scores.Count - 1;
        if (pieces == 0)
        {
            return graph.Add("Add", [graph.Add("Mul", [probability, graph.Scalar(0)]), graph.Scalar(curve.Values[0])]);
        }

        string starts = graph.Constant([.. curve.Scores.Take(pieces)], 1, pieces);
        string widths = graph.Constant([.. curve.Scores.Zip(curve.Scores.Skip(1), (from, to) => to - from)], 1, pieces);
        string rises = graph.Constant([.. curve.Values.Zip(curve.Values.Skip(1), (from, to) => to - from)], pieces, 1);
        string passed = Bounded(graph.Add("Div", [graph.Add("Sub", [probability, starts]), widths]), 0, 1);
        return graph.Add("Add", [graph.Add("MatMul", [passed, rises]), graph.Scalar(curve.Values[0])]);
    }

    /// <summary>Each row divided by its sum; equal shares where that is 0.</summary>
    private string Normalized(string values, int count)
    {
        string sum = graph.Add("ReduceSum", [values, graph.Constant([1L])], Attributes.Of("keepdims", 1));
        string isSome = graph.Add("Greater", [sum, graph.Scalar(0)]);
        string divisor = graph.Add("Where", [isSome, sum, graph.Scalar(1)]);
        return graph.Add("Where", [isSome, graph.Add("Div", [values, divisor]), graph.Scalar(1.0 / count)]);
    }

    private string Bounded(string value, double low, double high) =>
        graph.Add("Min", [graph.Add("Max", [value, graph.Scalar(low)]), graph.Scalar(high)]);
}
