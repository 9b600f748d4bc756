using Trainyard.Learning.Calibration;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Calibration;

/// <summary>Curves and scores beside scikit-learn's.</summary>
public class CurveWitnessTests
{
    private static readonly Case[] Witness = WitnessFile.Read<Case[]>("calibration.json");

    public static TheoryData<string> Names { get; } = [.. Witness.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void PlattFit_FindsScikitLearnsCurve(string name)
    {
        Case each = Of(name);
        PlattCurve curve = PlattCurve.Fit(each.Scores, each.Positive);

        // scikit-learn's BFGS stops at a gradient of 1e-5.
        Assert.Equal(each.Slope, curve.Slope, 1e-4 * Math.Abs(each.Slope));
        Assert.Equal(each.Intercept, curve.Intercept, 1e-4 * Math.Max(1, Math.Abs(each.Intercept)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void IsotonicFit_FindsScikitLearnsCurve(string name)
    {
        Case each = Of(name);
        IsotonicCurve curve = IsotonicCurve.Fit(each.Scores, each.Positive);
        Assert.Equal(each.Rising, each.At.Select(curve.At), (expected, actual) => Math.Abs(expected - actual) < 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ReliabilityCurve_IsScikitLearns(string name)
    {
        Case each = Of(name);
        IReadOnlyList<ReliabilityBin> curve = ReliabilityCurve.Of(each.Probabilities, each.Positive);
        Assert.Equal(each.Means, curve.Select(bin => bin.MeanPredicted), (expected, actual) => Math.Abs(expected - actual) < 1e-12);
        Assert.Equal(each.Shares, curve.Select(bin => bin.ShareOfPositives), (expected, actual) => Math.Abs(expected - actual) < 1e-12);
        Assert.Equal(each.Labels.Length, curve.Sum(bin => bin.Count));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BrierScore_IsScikitLearns(string name)
    {
        Case each = Of(name);
        double[] both = [.. each.Probabilities.SelectMany(probability => new[] { 1 - probability, probability })];
        Assert.Equal(each.Brier, BrierScore.Mean(each.Labels, both, 2), 1e-12);
    }

    private static Case Of(string name) => Witness.Single(each => each.Name == name);

    public sealed record Case(string Name, double[] Scores, int[] Labels, double Slope, double Intercept, double[] At, double[] Rising, double[] Probabilities, double[] Shares, double[] Means, double Brier)
    {
        public bool[] Positive { get; } = Array.ConvertAll(Labels, label => label == 1);
    }
}
