using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>What a pipeline says of what is to be predicted.</summary>
/// <param name="Column">The column to predict; null: a column named target, label, class or y, else the last, and none where the model type learns without labels.</param>
/// <param name="ModelType">One of <see cref="Learning.Selection.ModelType.Names"/>; null for what the column asks for.</param>
/// <param name="TimeColumn">The column of times, where the target is a series to foretell; null where rows are predicted each by itself.</param>
public sealed record TargetChoice(string? Column, string? ModelType, string? TimeColumn = null)
{
    /// <summary>What a run's settings say.</summary>
    public static TargetChoice Of(PipelineSettings settings) => new(settings.TargetColumn, settings.ModelType, settings.Forecast?.TimeColumn);

    /// <summary>The target in a table.</summary>
    /// <exception cref="Learning.LearningException">It is not there, or nothing can be learnt from it.</exception>
    public TargetEncoding In(Table rows) => TimeColumn is null
        ? TargetEncoding.Infer(rows, Column, Learning.Selection.ModelType.Find(ModelType)?.TaskFor(Column))
        : TargetEncoding.Infer(WithoutTimes(rows), Column, LearningTask.Forecasting);

    private Table WithoutTimes(Table rows) => rows.SelectColumns(rows.Columns.Select(column => column.Name).Where(name => name != TimeColumn));
}
