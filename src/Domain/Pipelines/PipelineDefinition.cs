using System.ComponentModel.DataAnnotations;
using Trainyard.Domain.Json;
using Trainyard.Domain.Naming;
using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Pipelines;

/// <summary>What a caller asks for when creating a pipeline; null stands for the default.</summary>
/// <remarks>The annotations tell callers what <see cref="Rules.DefinitionRules"/> enforces.</remarks>
public sealed record PipelineDefinition
{
    /// <summary>Required: the model's name.</summary>
    [Required, RegularExpression(ResourceName.Pattern)]
    public string? ModelName { get; init; }

    /// <summary>Required: where the data is.</summary>
    [Required, StringLength(PipelineDefaults.MaxDatasetUriLength, MinimumLength = 1)]
    public string? DatasetUri { get; init; }

    /// <summary>One of <see cref="Learning.Selection.ModelType.Names"/>; default: what the target asks for.</summary>
    [OneOf(typeof(ModelType), nameof(Learning.Selection.ModelType.Names))]
    public string? ModelType { get; init; }

    /// <summary>Default: a column named target, label, class or y, else the last; none where the model type learns without labels.</summary>
    [StringLength(PipelineDefaults.MaxColumnNameLength, MinimumLength = 1)]
    public string? TargetColumn { get; init; }

    /// <summary>The column of times, dates or numbers, where the target is a series whose next steps are to be foretold. Default: none; rows are then predicted each by itself.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Required with <see cref="TimeColumn"/>: steps to foretell, by which candidates are compared and the model is measured.</summary>
    public int? Horizon { get; init; }

    /// <summary>One of <see cref="Learning.Forecasting.Frequency.Names"/>, to have the times checked. Default: whatever even steps they keep.</summary>
    public string? Frequency { get; init; }

    /// <summary>Steps per season, 1 for none. Default: what is usual for the steps, such as 12 for months.</summary>
    public int? SeasonLength { get; init; }

    /// <summary>Default: <c>accuracy</c> where classes are predicted, <c>r2</c> where a number is, <c>mase</c> where a series is foretold.</summary>
    public string? TargetMetric { get; init; }

    /// <summary>Default: <see cref="PipelineDefaults.Threshold"/> for metrics of best value 1; others must say.</summary>
    public double? Threshold { get; init; }

    /// <summary>By column: 1 where predictions may only rise with it, -1 where they may only fall. Default: no constraint.</summary>
    [MaxLength(PipelineDefaults.MaxMonotoneColumns), Range(-1, 1)]
    public IReadOnlyDictionary<string, int>? Monotone { get; init; }

    /// <summary>Columns that hold personal data, the target perhaps among them: the log of the model's predictions has hashes of them. Default: none, beside those that the model has marked.</summary>
    [Length(0, Registry.Metadata.PersonalColumns.MaxColumns)]
    public IReadOnlyList<string>? PersonalColumns { get; init; }

    /// <summary>Seconds that may go into the search for the best candidate; many more candidates are then tried. Default: a short list, as long as it takes.</summary>
    [Range(1, PipelineDefaults.MaxTimeBudgetSeconds)]
    public int? TimeBudgetSeconds { get; init; }

    /// <summary>Default: false.</summary>
    public bool? AutoDeploy { get; init; }

    /// <summary>Default: none; the pipeline then runs only by hand.</summary>
    public string? Schedule { get; init; }

    /// <summary>Default: <see cref="PipelineDefaults.Seed"/>.</summary>
    [Range(typeof(long), "0", "9223372036854775807")]
    public long? Seed { get; init; }
}
