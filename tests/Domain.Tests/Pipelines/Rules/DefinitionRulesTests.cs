using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Rules;
using Trainyard.Domain.Problems;
using Trainyard.Learning;
using Trainyard.Learning.Features;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Tests.Pipelines.Rules;

public class DefinitionRulesTests
{
    public static TheoryData<string, PipelineDefinition> Refused { get; } = new()
    {
        { "field_required model_name", Good() with { ModelName = null } },
        { "name_invalid model_name", Good() with { ModelName = "" } },
        { "name_invalid model_name", Good() with { ModelName = "../etc" } },
        { "name_invalid model_name", Good() with { ModelName = "🚂" } },
        { "name_invalid model_name", Good() with { ModelName = new string('m', 10_000) } },
        { "field_required dataset_uri", Good() with { DatasetUri = null } },
        { "text_invalid dataset_uri", Good() with { DatasetUri = " " } },
        { "text_invalid dataset_uri", Good() with { DatasetUri = "dataset://a\0b" } },
        { "text_invalid dataset_uri", Good() with { DatasetUri = new string('d', 2049) } },
        { "text_invalid target_column", Good() with { TargetColumn = "" } },
        { "metric_unknown target_metric", Good() with { TargetMetric = "luck" } },
        { "threshold_out_of_range threshold", Good() with { Threshold = 1.5 } },
        { "threshold_out_of_range threshold", Good() with { Threshold = -0.1 } },
        { "threshold_out_of_range threshold", Good() with { TargetMetric = "rmse", Threshold = -1 } },
        { "field_required threshold", Good() with { TargetMetric = "rmse", Threshold = null } },
        { "monotone_invalid monotone", Good() with { Monotone = new Dictionary<string, int> { ["x"] = 2 } } },
        { "monotone_invalid monotone", Good() with { Monotone = Enumerable.Range(0, 101).ToDictionary(index => $"x{index}", _ => 1) } },
        { "text_invalid monotone", Good() with { Monotone = new Dictionary<string, int> { [" "] = 1 } } },
        { "time_budget_out_of_range time_budget_seconds", Good() with { TimeBudgetSeconds = 0 } },
        { "time_budget_out_of_range time_budget_seconds", Good() with { TimeBudgetSeconds = 86_401 } },
        { "seed_out_of_range seed", Good() with { Seed = -1 } },
        { "text_invalid time_column", Series() with { TimeColumn = " " } },
        { "field_required horizon", Series() with { Horizon = null } },
        { "horizon_out_of_range horizon", Series() with { Horizon = 0 } },
        { "horizon_out_of_range horizon", Series() with { Horizon = 2001 } },
        { "frequency_unknown frequency", Series() with { Frequency = "fortnightly" } },
        { "setting_out_of_range season_length", Series() with { SeasonLength = 0 } },
        { "setting_out_of_range season_length", Series() with { SeasonLength = 367 } },
        { "time_column_unsupported time_column", Series() with { ModelType = "fraud_detection" } },
        { "time_column_unsupported time_column", Series() with { TargetColumn = "month" } },
        { "monotone_unsupported monotone", Series() with { Monotone = new Dictionary<string, int> { ["x"] = 1 } } },
        { "time_column_required horizon", Series() with { TimeColumn = null } },
        { "time_column_required frequency", Good() with { Frequency = "monthly" } },
        { "time_column_required season_length", Good() with { SeasonLength = 12 } },
        { "field_required threshold", Series() with { TargetMetric = "smape", Threshold = null } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Check_OfABadField_NamesItAndTheCode(string expected, PipelineDefinition definition)
    {
        Problem problem = Assert.Throws<ProblemException>(() => DefinitionRules.Check(definition)).Problem;
        Assert.Equal(expected, $"{problem.Code} {problem.Field}");
    }

    [Fact]
    public void Check_OfAGoodDefinition_Passes() => DefinitionRules.Check(Good());

    [Theory]
    [InlineData(null, null)]
    [InlineData("prediction", "monthly")]
    public void Check_OfAGoodSeries_Passes(string? modelType, string? frequency) => DefinitionRules.Check(Series() with { ModelType = modelType, Frequency = frequency });

    [Theory]
    [InlineData(null, "mase", 1)]
    [InlineData("rmse", "rmse", 0.85)]
    [InlineData("mean_absolute_error", "mae", 0.85)]
    public void Complete_OfASeries_IsMeasuredByTheErrorsOfForecasts(string? metric, string expected, double threshold)
    {
        PipelineDefinition definition = Series() with { TargetMetric = metric, Threshold = metric is null ? null : 0.85 };

        (MetricInfo found, double bound) = DefinitionRules.Complete(definition, Target(LearningTask.Forecasting, "y"));

        Assert.Equal((expected, threshold), (found.Name, bound));
    }

    [Theory]
    [InlineData("f1", LearningTask.Forecasting)]
    [InlineData("mase", LearningTask.Regression)]
    public void Complete_OfAMetricThatIsForSeriesOnlyOrForRowsOnly_IsRefused(string metric, LearningTask task) =>
        Assert.Equal("metric_task_mismatch", Assert.Throws<ProblemException>(() => DefinitionRules.Complete(Good() with { TargetMetric = metric, Threshold = 0.5 }, Target(task, "y"))).Problem.Code);

    [Theory]
    [InlineData("auc", LearningTask.Classification, "roc_auc")]
    [InlineData(null, LearningTask.Classification, "accuracy")]
    [InlineData(null, LearningTask.Regression, "r2")]
    [InlineData(null, LearningTask.AnomalyDetection, "anomaly_auc")]
    public void Complete_OfAMetric_IsItsCanonicalName(string? metric, LearningTask task, string expected)
    {
        (MetricInfo found, double threshold) = DefinitionRules.Complete(Good() with { TargetMetric = metric }, Target(task, "y"));
        Assert.Equal((expected, 0.85), (found.Name, threshold));
    }

    [Theory]
    [InlineData(LearningTask.Classification, "y", "accuracy", 0.8)]
    [InlineData(LearningTask.AnomalyDetection, "y", "anomaly_auc", 0.8)]
    [InlineData(LearningTask.AnomalyDetection, "", "flagged_share", 0.5)]
    [InlineData(LearningTask.Clustering, "", "silhouette", 0)]
    public void Complete_OfASilentDefinition_SuitsTheTask(LearningTask task, string column, string metric, double threshold)
    {
        (MetricInfo found, double bound) = DefinitionRules.Complete(Good() with { TargetMetric = null, Threshold = null }, Target(task, column));
        Assert.Equal((metric, threshold), (found.Name, bound));
    }

    [Fact]
    public void Complete_OfAMetricOfAnotherTask_IsRefused()
    {
        Problem problem = Assert.Throws<ProblemException>(() => DefinitionRules.Complete(Good(), Target(LearningTask.Regression, "y"))).Problem;
        Assert.Equal(("metric_task_mismatch", "target_metric"), (problem.Code, problem.Field));
    }

    [Theory]
    [InlineData("fortnightly", "schedule_invalid")]
    [InlineData("0 0 31 2 *", "schedule_never_due")]
    [InlineData("* * * * * *", "schedule_too_frequent")]
    [InlineData("*/30 * * * * *", "schedule_too_frequent")]
    [InlineData("0,59 0 6 * * 1", "schedule_too_frequent")]
    [InlineData("20,30 59 23 31 12 *", "schedule_too_frequent")]
    public void ReadSchedule_OfWhatCannotBeKept_IsRefused(string text, string code) =>
        Assert.Equal(code, Assert.Throws<ProblemException>(() => DefinitionRules.ReadSchedule(text, PipelineWorld.Start)).Problem.Code);

    [Theory]
    [InlineData("* * * * *")]
    [InlineData("59 * * * * *")]
    [InlineData("hourly")]
    public void ReadSchedule_OfAMinuteOrMore_IsTaken(string text) =>
        Assert.Equal(text, DefinitionRules.ReadSchedule(text, PipelineWorld.Start)!.Text);

    [Theory]
    [InlineData(null)]
    [InlineData("none")]
    [InlineData("None ")]
    public void ReadSchedule_OfNone_IsNull(string? text) => Assert.Null(DefinitionRules.ReadSchedule(text, PipelineWorld.Start));

    private static PipelineDefinition Series() => new() { ModelName = "co2", DatasetUri = "dataset://co2", TimeColumn = "month", TargetColumn = "co2", Horizon = 12 };

    private static TargetEncoding Target(LearningTask task, string column) =>
        new(column, task, task is LearningTask.Classification or LearningTask.AnomalyDetection ? ["no", "yes"] : []);

    private static PipelineDefinition Good() => new() { ModelName = "m", DatasetUri = "dataset://d", TargetMetric = "accuracy", Threshold = 0.85 };
}
