using Trainyard.Learning.Metrics;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Metrics;

public class MetricsWitnessTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Classifications { get; } = [.. Read().Classification.Select(each => each.Name)];

    public static TheoryData<string> Regressions { get; } = [.. Read().Regression.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Classifications))]
    public void Classification_OnWitnessPredictions_GivesTheWitnessValues(string name)
    {
        ClassificationCase witness = Read().Classification.Single(each => each.Name == name);
        string[] classes = [.. Enumerable.Range(0, witness.Classes).Select(label => $"c{label}")];
        Evaluation evaluation = Evaluator.Classification(Array.ConvertAll(witness.Actual, label => (double)label), witness.Probabilities, classes);
        AssertMetrics(witness.Metrics, evaluation);
        Assert.Equal(witness.Confusion, evaluation.Confusion.Select(row => row.ToArray()));
        Assert.Equal(witness.Support, evaluation.Classes.Select(each => each.Support));
        Assert.All(evaluation.Classes, (each, index) =>
        {
            Assert.Equal(classes[index], each.Label);
            Assert.Equal(witness.Precision[index], each.Precision, Tolerance);
            Assert.Equal(witness.Recall[index], each.Recall, Tolerance);
            Assert.Equal(witness.F1[index], each.F1, Tolerance);
        });
    }

    [Theory]
    [MemberData(nameof(Regressions))]
    public void Regression_OnWitnessPredictions_GivesTheWitnessValues(string name)
    {
        RegressionCase witness = Read().Regression.Single(each => each.Name == name);
        AssertMetrics(witness.Metrics, Evaluator.Regression(witness.Actual, witness.Predicted));
    }

    [Fact]
    public void Mase_OfWitnessForecasts_GivesTheWitnessValues() => Assert.All(
        Read().Forecasts,
        witness => Assert.Equal(witness.Mase, ForecastErrors.Mase(witness.Actual, witness.Predicted, witness.Past, witness.Season)!.Value, Tolerance));

    private static void AssertMetrics(Dictionary<string, double> expected, Evaluation evaluation)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), evaluation.Metrics.Keys);
        Assert.All(expected, metric => Assert.Equal(metric.Value, evaluation.Value(metric.Key), Tolerance * Math.Max(1, Math.Abs(metric.Value))));
    }

    private static Cases Read() => WitnessFile.Read<Cases>("metrics.json");

    public sealed record Cases(ClassificationCase[] Classification, RegressionCase[] Regression, ForecastCase[] Forecasts);

    public sealed record ForecastCase(int Season, double[] Past, double[] Actual, double[] Predicted, double Mase);

    public sealed record ClassificationCase(string Name, int Classes, int[] Actual, double[] Probabilities, Dictionary<string, double> Metrics, double[] Precision, double[] Recall, double[] F1, int[] Support, int[][] Confusion);

    public sealed record RegressionCase(string Name, double[] Actual, double[] Predicted, Dictionary<string, double> Metrics);
}
