using System.Text.Json.Serialization;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Linear;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Learners;

public class LinearWitnessTests
{
    /// <summary>The witness stops at its own tolerance; coefficients are of order 1 (diabetes: 10 to 200).</summary>
    private const double RelativeTolerance = 1e-4;

    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, Read().Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_OnSamples_FindsTheWitnessCoefficients(int index)
    {
        Case witness = Read()[index];
        ILearner learner = LearnerCatalog.Get(witness.Learner);
        TrainingSet set = witness.IsRaw ? BadlyScaled(witness.Data) : Samples.Load(witness.Data, standardize: true);
        LinearModel model = (LinearModel)learner.Fit(set, new LearnerSettings(witness.Settings), new FitOptions(1), default);
        AssertClose(Leveled(witness.Slopes, set), Leveled(model.Slopes.ToArray(), set));
        AssertClose(witness.Intercepts, model.Intercepts.ToArray());
    }

    [Theory]
    [InlineData("logistic_regression", "breast-cancer")]
    [InlineData("linear_regression", "diabetes")]
    [InlineData("ridge", "diabetes")]
    [InlineData("lasso", "diabetes")]
    [InlineData("elastic_net", "diabetes")]
    public void Fit_OnBadlyScaledFeatures_PredictsAsOnStandardisedOnes(string learner, string data)
    {
        TrainingSet raw = BadlyScaled(data) with { Weights = null };
        TrainingSet standardized = Samples.Load(data, standardize: true);
        double[] expected = Some.Fit(learner, standardized).PredictAll(standardized.Features);
        double[] actual = Some.Fit(learner, raw).PredictAll(raw.Features);
        Assert.All(expected, (value, index) => Assert.Equal(value, actual[index], 1e-5 * Math.Max(1, Math.Abs(value))));
    }

    [Fact]
    public void Fit_OnZerosAndOnes_PenalisesTheirOwnWeights()
    {
        // With x in {0, 1} half each, centred sums are: Σ(x - ½)² = 1 and Σ(x - ½)(y - 2) = 2, so that β = 2 / (1 + l2).
        LinearModel model = (LinearModel)Some.Fit("linear_regression", Some.Regression(Some.Numbers([0, 0, 1, 1]), 1, 1, 3, 3), ("l2", 1));
        Assert.Equal(1, model.Slopes[0], 1e-9);
        Assert.Equal(1.5, model.Intercepts[0], 1e-9);
    }

    [Fact]
    public void Fit_OnOtherNumbers_PenalisesTheWeightsOfStandardisedOnes()
    {
        // Twice the numbers above: standardised, Σx² = 4 and Σx(y - 2) = 4, so that β = 4 / (4 + l2), over a deviation of 1.
        LinearModel model = (LinearModel)Some.Fit("linear_regression", Some.Regression(Some.Numbers([0, 0, 2, 2]), 1, 1, 3, 3), ("l2", 1));
        Assert.Equal(0.8, model.Slopes[0], 1e-9);
        Assert.Equal(1.2, model.Intercepts[0], 1e-9);
    }

    [Fact]
    public void Fit_OnOneScale_PenalisesTheWeightsOfTheNumbersThemselves()
    {
        // Σ(x - 1.5)² = 9 and Σ(x - 1.5)(y - 2) = 6, so that β = 6 / (9 + l2).
        TrainingSet set = Some.Regression(Some.Numbers([0, 0, 3, 3]), 1, 1, 3, 3) with { IsOnOneScale = true };
        LinearModel model = (LinearModel)Some.Fit("linear_regression", set, ("l2", 1));
        Assert.Equal(0.6, model.Slopes[0], 1e-9);
        Assert.Equal(1.1, model.Intercepts[0], 1e-9);
    }

    /// <summary>Columns as they are, one at 1e-6 and one at 1e9 of its size, with weights 1, 2, 3, 1 and so on.</summary>
    private static TrainingSet BadlyScaled(string data)
    {
        TrainingSet set = Samples.Load(data);
        double[][] columns = [.. Enumerable.Range(0, set.Features.FeatureCount).Select(feature => set.Features.Column(feature).ToArray())];
        columns[0] = Array.ConvertAll(columns[0], value => value * 1e-6);
        columns[1] = Array.ConvertAll(columns[1], value => value * 1e9);
        return set with
        {
            Features = new FeatureMatrix(set.Features.Features, columns, set.Features.RowCount),
            Weights = [.. set.Labels.Select((_, row) => 1.0 + (row % 3))],
        };
    }

    /// <summary>Weights times the range of their features, so that all can be compared alike.</summary>
    private static double[] Leveled(double[] slopes, TrainingSet set) =>
        [.. slopes.Select((slope, index) => slope * Range(set.Features.Column(index % set.Features.FeatureCount).ToArray()))];

    private static double Range(double[] column) => (column.Max() - column.Min()) / 4;

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(1, expected.Max(Math.Abs));
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.True(Math.Abs(expected[index] - actual[index]) <= RelativeTolerance * scale, $"{index}: {expected[index]} but {actual[index]}");
        }
    }

    private static Case[] Read() => WitnessFile.Read<Case[]>("linear_models.json");

    public sealed record Case(string Learner, string Data, Dictionary<string, double> Settings, double[] Slopes, double[] Intercepts)
    {
        [JsonPropertyName("is_raw")]
        public bool IsRaw { get; init; }
    }
}
