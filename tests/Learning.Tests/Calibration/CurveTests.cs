using Trainyard.Learning.Calibration;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Calibration;

public class CurveTests
{
    [Fact]
    public void IsotonicFit_PoolsWhatFalls()
    {
        // Shares 0, 1, 0, 1 pool the middle two to one half.
        IsotonicCurve curve = IsotonicCurve.Fit([1, 2, 3, 4], [false, true, false, true]);
        Assert.Equal([1, 2, 3, 4], curve.Scores);
        Assert.Equal([0, 0.5, 0.5, 1], curve.Values);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], new[] { 0, 1.5, 2.5, 3.5, 9 }.Select(curve.At));
    }

    [Fact]
    public void IsotonicFit_OnRandomRows_HasTheLeastSquaredErrorOfRisingCurves()
    {
        DeterministicRandom random = new(4);
        double[] scores = [.. Enumerable.Range(0, 8).Select(index => (double)index)];
        for (int trial = 0; trial < 50; trial++)
        {
            bool[] positive = [.. scores.Select((_, index) => index == 0 || (index != 7 && random.NextInt(2) == 0))];
            IsotonicCurve curve = IsotonicCurve.Fit(scores, positive);
            double best = Error(curve.At);
            for (int other = 0; other < 200; other++)
            {
                double[] rising = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble()).Order()];
                Assert.True(Error(score => rising[(int)score]) >= best - 1e-12);
            }

            double Error(Func<double, double> at) => scores.Sum(score => Math.Pow(at(score) - (positive[(int)score] ? 1 : 0), 2));
        }
    }

    [Fact]
    public void PlattFit_OnCalibratedLogOdds_IsTheIdentity()
    {
        // A thousand rows at each of five probabilities, exactly as many positive as predicted.
        double[] shares = [0.1, 0.3, 0.5, 0.7, 0.9];
        double[] scores = [.. shares.SelectMany(share => Enumerable.Repeat(Math.Log(share / (1 - share)), 1000))];
        bool[] positive = [.. shares.SelectMany(share => Enumerable.Range(0, 1000).Select(row => row < 1000 * share))];
        PlattCurve curve = PlattCurve.Fit(scores, positive);
        Assert.Equal(-1, curve.Slope, 0.01);
        Assert.Equal(0, curve.Intercept, 0.01);
        Assert.All(shares, share => Assert.Equal(share, curve.At(Math.Log(share / (1 - share))), 0.002));
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    [InlineData(double.MaxValue)]
    public void At_FarOut_IsAProbability(double score) => Assert.InRange(new PlattCurve(-3, 1).At(score), 0, 1);

    [Fact]
    public void Fit_OnOneClass_SaysSo()
    {
        Assert.Equal("calibration_one_class", Assert.Throws<LearningException>(() => PlattCurve.Fit([1, 2], [true, true])).Code);
        Assert.Equal("calibration_one_class", Assert.Throws<LearningException>(() => IsotonicCurve.Fit([], [])).Code);
    }

    [Fact]
    public void BrierScore_OfThreeClasses_SumsOverThem() =>
        Assert.Equal(((0.25 + 0.09 + 0.04) + (0.01 + 0.01)) / 2, BrierScore.Mean([0, 2], [0.5, 0.3, 0.2, 0, 0.1, 0.9], 3), 1e-12);

    [Fact]
    public void ExpectedError_WeighsByRows() =>
        Assert.Equal((0.1 * 0.75) + (0.3 * 0.25), ReliabilityCurve.ExpectedError([new(0.2, 0.1, 3), new(0.6, 0.9, 1)]), 1e-12);
}
