using Trainyard.Domain.Naming;
using Trainyard.Domain.Pipelines.Schedules;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Pipelines.Rules;

/// <summary>Checks what a caller asks for, field by field, before anything is read or written.</summary>
internal static class DefinitionRules
{
    /// <summary>Checks what can be checked without the data.</summary>
    /// <exception cref="Problems.ProblemException">The first field at fault.</exception>
    public static void Check(PipelineDefinition definition)
    {
        ResourceName.Require(definition.ModelName ?? throw Missing("model_name", "the model whose versions the pipeline registers"), "model_name");
        CheckText("dataset_uri", definition.DatasetUri ?? throw Missing("dataset_uri", "for example dataset://sales or dataset://sales/3"), PipelineDefaults.MaxDatasetUriLength);
        if (definition.TargetColumn is { } column)
        {
            CheckText("target_column", column, PipelineDefaults.MaxColumnNameLength);
        }

        if (definition.Monotone is { } directions)
        {
            CheckMonotone(directions);
        }

        PersonalColumns.Require(definition.PersonalColumns ?? []);
        if (definition.Seed is < 0)
        {
            throw PipelineProblems.Invalid("seed_out_of_range", "seed", $"The seed is {definition.Seed}; it must be a whole number from 0 to {long.MaxValue}.");
        }

        if (definition.TimeBudgetSeconds is < 1 or > PipelineDefaults.MaxTimeBudgetSeconds)
        {
            throw PipelineProblems.Invalid("time_budget_out_of_range", "time_budget_seconds", $"The time budget is {definition.TimeBudgetSeconds} seconds; it must be from 1 to {PipelineDefaults.MaxTimeBudgetSeconds}, or be left out.");
        }

        if (definition.ModelType is { } type && ModelType.Find(type) is null)
        {
            throw PipelineProblems.Invalid("model_type_unknown", "model_type", $"There is no model type of that name; use one of {string.Join(", ", ModelType.Names)}, or leave it out.");
        }

        ForecastRules.Read(definition);
        if (definition.TargetMetric is { } metric)
        {
            CheckMetric(metric, definition.Threshold);
        }
    }

    /// <summary>The metric and threshold of a pipeline whose data asks for a task.</summary>
    /// <exception cref="Problems.ProblemException">The metric measures another task, or the threshold is absent or impossible.</exception>
    public static (MetricInfo Metric, double Threshold) Complete(PipelineDefinition definition, TargetEncoding target)
    {
        MetricInfo metric = MetricCatalog.Get(definition.TargetMetric ?? DefaultMetric(target));
        CheckTask(metric, target.Task);
        double threshold = definition.Threshold ?? DefaultThreshold(metric);
        CheckThreshold(threshold, metric);
        return (metric, threshold);
    }

    /// <summary>Checks that every column that is said to be personal is there.</summary>
    /// <exception cref="Problems.ProblemException"><c>personal_column_unknown</c>.</exception>
    public static void CheckPersonal(IReadOnlyList<string> columns, TableSchema schema)
    {
        if (columns.FirstOrDefault(column => !schema.TryGet(column, out _)) is { } unknown)
        {
            throw PersonalColumns.Unknown(unknown, [.. schema.Columns.Select(column => column.Name)]);
        }
    }

    /// <summary>Checks that a metric measures a task.</summary>
    public static void CheckTask(MetricInfo metric, LearningTask task)
    {
        if (!metric.Measures(task))
        {
            string known = string.Join(", ", MetricCatalog.For(task).Select(each => each.Name));
            throw PipelineProblems.Invalid("metric_task_mismatch", "target_metric", $"The target asks for {task.Word()}, which '{metric.Name}' does not measure; use one of {known}, or name another target_column.");
        }
    }

    /// <summary>Checks that a threshold is a value that the metric can take.</summary>
    public static void CheckThreshold(double threshold, MetricInfo metric)
    {
        if (!metric.Contains(threshold))
        {
            throw PipelineProblems.Invalid("threshold_out_of_range", "threshold", $"The threshold is {threshold}; '{metric.Name}' takes values {Range(metric)}.");
        }
    }

    /// <summary>The schedule; null for none. It must fall due at least once, and not twice within a minute.</summary>
    public static Schedule? ReadSchedule(string? text, DateTimeOffset now)
    {
        if (text is null || text.Trim().Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!Schedule.TryParse(text, out Schedule? schedule))
        {
            throw PipelineProblems.Invalid("schedule_invalid", "schedule", "The schedule must be hourly, daily, weekly, none, or a cron expression of five or six fields in UTC, for example '0 6 * * 1-5'.");
        }

        if (schedule.NextAfter(now, now) is not { } first)
        {
            throw PipelineProblems.Invalid("schedule_never_due", "schedule", "The schedule names no date that ever comes; check its day and month.");
        }

        return IsTooFrequent(schedule, now, first)
            ? throw PipelineProblems.Invalid("schedule_too_frequent", "schedule", "The schedule falls due more than once a minute; give its seconds field, the first of six, one value.")
            : schedule;
    }

    // Seconds repeat in every minute that is due, so of two gaps in a row one lies within a minute if any does.
    private static bool IsTooFrequent(Schedule schedule, DateTimeOffset anchor, DateTimeOffset first) =>
        schedule.NextAfter(anchor, first) is { } second
        && (second - first < PipelineDefaults.ShortestScheduleGap
            || (schedule.NextAfter(anchor, second) is { } third && third - second < PipelineDefaults.ShortestScheduleGap));

    private static void CheckMetric(string name, double? threshold)
    {
        if (MetricCatalog.Find(name) is not { } metric)
        {
            string known = string.Join(", ", MetricCatalog.All.Select(each => each.Name));
            throw PipelineProblems.Invalid("metric_unknown", "target_metric", $"There is no metric of that name; use one of {known}.");
        }

        CheckThreshold(threshold ?? DefaultThreshold(metric), metric);
    }

    private static void CheckMonotone(IReadOnlyDictionary<string, int> directions)
    {
        if (directions.Count > PipelineDefaults.MaxMonotoneColumns)
        {
            throw PipelineProblems.Invalid("monotone_invalid", "monotone", $"'monotone' names {directions.Count} columns; it may name {PipelineDefaults.MaxMonotoneColumns} at most.");
        }

        foreach ((string column, int direction) in directions)
        {
            CheckText("monotone", column, PipelineDefaults.MaxColumnNameLength);
            if (direction is < -1 or > 1)
            {
                throw PipelineProblems.Invalid("monotone_invalid", "monotone", $"The direction of '{column}' is {direction}; it must be -1, 0 or 1.");
            }
        }
    }

    internal static void CheckText(string field, string text, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > maxLength || text.Any(char.IsControl))
        {
            throw PipelineProblems.Invalid("text_invalid", field, $"'{field}' must have 1 to {maxLength} characters, none of them a control character.");
        }
    }

    // A share of right answers has a sensible bound for everyone; an error in the target's own unit has not.
    private static double DefaultThreshold(MetricInfo metric) => metric switch
    {
        { Name: MetricNames.FlaggedShare } => PipelineDefaults.FlaggedThreshold,
        { Name: MetricNames.Silhouette } => PipelineDefaults.SilhouetteThreshold,
        { Name: MetricNames.Mase } => PipelineDefaults.ScaledErrorThreshold,
        { BiggerIsBetter: true, Maximum: 1 } => PipelineDefaults.Threshold,
        _ => throw Missing("threshold", $"what is a good '{metric.Name}' depends on the target, so no default would be right; values are {Range(metric)}"),
    };

    private static string DefaultMetric(TargetEncoding target) => target.Task switch
    {
        LearningTask.Regression => MetricNames.R2,
        LearningTask.AnomalyDetection when !target.HasColumn => MetricNames.FlaggedShare,
        _ => MetricCatalog.Default(target.Task).Name,
    };

    private static Problems.ProblemException Missing(string field, string what) =>
        PipelineProblems.Invalid("field_required", field, $"'{field}' is required: {what}.");

    private static string Range(MetricInfo metric) => (double.IsFinite(metric.Minimum), double.IsFinite(metric.Maximum)) switch
    {
        (true, true) => $"from {metric.Minimum} to {metric.Maximum}",
        (true, false) => $"of at least {metric.Minimum}",
        (false, true) => $"of at most {metric.Maximum}",
        _ => "of any finite number",
    };
}
