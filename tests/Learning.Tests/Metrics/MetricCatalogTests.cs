using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Tests.Metrics;

public class MetricCatalogTests
{
    [Theory]
    [InlineData("f1", "f1_macro")]
    [InlineData("AUC", "roc_auc")]
    [InlineData("roc-auc", "roc_auc")]
    [InlineData(" Log Loss ", "log_loss")]
    [InlineData("loss", "log_loss")]
    [InlineData("r2_score", "r2")]
    [InlineData("accuracy", "accuracy")]
    public void Get_ByAlias_FindsTheCanonicalMetric(string alias, string name) => Assert.Equal(name, MetricCatalog.Get(alias).Name);

    [Fact]
    public void Get_OfUnknownName_NamesWhatIsKnown()
    {
        LearningException failure = Assert.Throws<LearningException>(() => MetricCatalog.Get("beauty"));
        Assert.Equal("metric_unknown", failure.Code);
        Assert.Contains("roc_auc", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_OfTheOtherTask_SaysSo() =>
        Assert.Equal("metric_task_mismatch", Assert.Throws<LearningException>(() => MetricCatalog.Get("rmse", LearningTask.Classification)).Code);

    [Theory]
    [InlineData("mase")]
    [InlineData("coverage")]
    public void Get_OfAForecastsMetricForRows_SaysSo(string name) =>
        Assert.Equal("metric_task_mismatch", Assert.Throws<LearningException>(() => MetricCatalog.Get(name, LearningTask.Regression)).Code);

    [Fact]
    public void For_Forecasting_NamesErrorsOfNumbersAndItsOwn()
    {
        string[] names = [.. MetricCatalog.For(LearningTask.Forecasting).Select(metric => metric.Name)];
        Assert.Equal(["rmse", "mae", "r2", "mape", "smape", "mase", "coverage"], names);
        Assert.Equal("mase", MetricCatalog.Default(LearningTask.Forecasting).Name);
    }

    [Theory]
    [InlineData("accuracy", 0.9, true)]
    [InlineData("smape", 2, true)]
    [InlineData("smape", 2.1, false)]
    [InlineData("accuracy", 1.1, false)]
    [InlineData("accuracy", -0.1, false)]
    [InlineData("r2", -7, true)]
    [InlineData("r2", 1.5, false)]
    [InlineData("rmse", 1e9, true)]
    [InlineData("rmse", double.PositiveInfinity, false)]
    [InlineData("rmse", double.NaN, false)]
    public void Contains_TellsPossibleThresholds(string metric, double threshold, bool possible) =>
        Assert.Equal(possible, MetricCatalog.Get(metric).Contains(threshold));

    [Theory]
    [InlineData("accuracy", 0.9, 0.8)]
    [InlineData("log_loss", 0.1, 0.2)]
    public void Direction_IsHeldByEveryComparison(string name, double better, double worse)
    {
        MetricInfo metric = MetricCatalog.Get(name);
        Assert.True(metric.IsBetter(better, worse));
        Assert.False(metric.IsBetter(worse, better));
        Assert.False(metric.IsBetter(better, better));
        Assert.True(metric.Meets(better, worse) && metric.Meets(better, better) && !metric.Meets(worse, better));
        Assert.True(metric.Drop(better, worse) > 0);
    }
}
