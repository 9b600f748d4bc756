using Trainyard.Domain.Alerts;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Rules;
using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Tests.Pipelines.Rules;

public class AlertRulesTests
{
    [Theory]
    [InlineData("accuracy", 0.85, 0.90, 0.88, "")]
    [InlineData("accuracy", 0.85, 0.85, 0.85, "")]
    [InlineData("accuracy", 0.85, 0.84, null, "ThresholdMissed")]
    [InlineData("accuracy", 0.85, 0.90, 0.94, "")]
    [InlineData("accuracy", 0.85, 0.90, 0.95, "MetricDegraded")]
    [InlineData("accuracy", 0.85, 0.80, 0.95, "ThresholdMissed MetricDegraded")]
    [InlineData("rmse", 55.0, 54.0, 53.0, "")]
    [InlineData("rmse", 55.0, 54.0, 60.0, "")]
    [InlineData("rmse", 55.0, 54.0, 50.0, "MetricDegraded")]
    [InlineData("rmse", 55.0, 56.0, 55.0, "ThresholdMissed")]
    [InlineData("rmse", 55.0, 54.0, 0.0, "")]
    public void Of_AMeasuredRun_RaisesWhatItIsWorth(string metric, double threshold, double value, double? previous, string expected)
    {
        Dictionary<string, double> now = new(StringComparer.Ordinal) { [metric] = value };
        Dictionary<string, double>? before = previous is { } known ? new(StringComparer.Ordinal) { [metric] = known } : null;
        Alert[] alerts = [.. AlertRules.Of(Run(metric, threshold), now, before)];
        Assert.Equal(expected, string.Join(' ', alerts.Select(alert => alert.Kind)));
        Assert.Equal(alerts.Length, alerts.Select(alert => alert.Id).Distinct().Count());
        Assert.All(alerts, alert => Assert.Equal(value, alert.Value));
    }

    [Fact]
    public void Worsening_OfARun_IsAShareOfTheOneBefore()
    {
        Assert.Equal(0.1, Degradation.Worsening(0.9, 0.81, Learning.Metrics.MetricCatalog.Get("accuracy")), 12);
        Assert.Equal(0.1, Degradation.Worsening(50, 55, Learning.Metrics.MetricCatalog.Get("rmse")), 12);
    }

    private static PipelineRun Run(string metric, double threshold) => new()
    {
        Id = "r", PipelineId = "p", CreatedAt = PipelineWorld.Start,
        Settings = new PipelineSettings("m", "dataset://d", null, metric, threshold, AutoDeploy: false, Seed: 1),
    };
}
