using Trainyard.Learning.Metrics;
using Trainyard.Learning.Selection;

namespace Trainyard.Learning.Tests.Selection;

public class GreedyWeightsTests
{
    private static readonly MetricInfo Rmse = MetricCatalog.Get("rmse");

    [Fact]
    public void Choose_ByHand_AddsWhatImprovesMost()
    {
        // The truth is 0. First 1 is nearest, then (1 - 2) / 2 = -0.5, then (1 - 2 + 1) / 3 = 0, which nothing improves.
        Assert.Equal([2, 1, 0], GreedyWeights.Choose([[1, 1], [-2, -2], [5, 5]], Score, Rmse, default));
    }

    [Fact]
    public void Choose_WhereNothingImproves_TakesTheBestAlone() =>
        Assert.Equal([0, 1], GreedyWeights.Choose([[3, 3], [1, 1]], Score, Rmse, default));

    [Fact]
    public void Choose_OfAnUndefinedMetric_TakesTheFirst() =>
        Assert.Equal([1, 0], GreedyWeights.Choose([[3, 3], [1, 1]], _ => null, Rmse, default));

    [Fact]
    public void Choose_Cancelled_Throws() =>
        Assert.ThrowsAny<OperationCanceledException>(() => GreedyWeights.Choose([[3, 3]], Score, Rmse, new CancellationToken(canceled: true)));

    private static double? Score(double[] outputs) => Evaluator.Regression(new double[outputs.Length], outputs).Metrics["rmse"];
}
