using Trainyard.Domain.Pipelines.Rules;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning;
using Trainyard.Learning.Forecasting;

namespace Trainyard.Domain.Pipelines.Steps.Series;

/// <summary>Runs that learn from a series and foretell its next steps.</summary>
internal sealed class SeriesRuns : IRunKind
{
    /// <inheritdoc/>
    public void Check(PipelineSettings settings, InspectedDataset data)
    {
        ForecastSettings asked = settings.Forecast!;
        SeriesParts parts = SeriesParts.Divide(asked, data);
        if (asked.Frequency is { } frequency && !Frequency.Fits(frequency, parts.Whole.Axis))
        {
            throw PipelineProblems.Invalid(
                "frequency_mismatch",
                "frequency",
                $"The times in column '{asked.TimeColumn}' are not {frequency}: they begin {parts.Whole.Axis.TextAt(0)}, {parts.Whole.Axis.TextAt(1)}. Correct the frequency or the data, or leave it out.");
        }

        int needed = 2 * (asked.SeasonLength ?? 1);
        if (parts.EarliestOrigin < needed)
        {
            throw new LearningException(
                "series_too_short",
                $"The series has {parts.Whole.Length} values; with a horizon of {asked.Horizon}, held out once and tried once, {parts.EarliestOrigin} are left to fit on, and seasons of {asked.SeasonLength} need {needed}.",
                "season_length");
        }
    }

    /// <inheritdoc/>
    public string Describe(PipelineSettings settings, InspectedDataset data)
    {
        TimeSeries whole = SeriesParts.Divide(settings.Forecast!, data).Whole;
        return $"Series '{data.Target.Column}' by '{settings.Forecast!.TimeColumn}': forecasting, {whole.Length} values from {whole.Axis.TextAt(0)} to {whole.Axis.TextAt(whole.Length - 1)}.";
    }

    /// <inheritdoc/>
    public RunWorkspace Open(PipelineRun run, InspectedDataset data) => new SeriesWorkspace(run, data.Target.Column, SeriesParts.Divide(run.Settings.Forecast!, data));
}
