using Trainyard.Domain.Problems;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Pipelines.Rules;

/// <summary>Checks what a caller says of a series to foretell, before any data is read.</summary>
internal static class ForecastRules
{
    /// <summary>Steps of the longest season: days of a leap year.</summary>
    private const int LongestSeason = 366;

    /// <summary>What a definition asks for; null when it names no time column.</summary>
    /// <exception cref="ProblemException">The first field at fault.</exception>
    public static ForecastSettings? Read(PipelineDefinition definition)
    {
        if (definition.TimeColumn is not { } timeColumn)
        {
            CheckAbsent(definition);
            return null;
        }

        DefinitionRules.CheckText("time_column", timeColumn, PipelineDefaults.MaxColumnNameLength);
        CheckUse(definition, timeColumn);
        int horizon = definition.Horizon
            ?? throw PipelineProblems.Invalid("field_required", "horizon", "'horizon' is required with a time column: the number of steps to foretell, such as 12 months.");
        if (horizon is < 1 or > Forecaster.MaximumHorizon)
        {
            throw PipelineProblems.Invalid("horizon_out_of_range", "horizon", $"The horizon is {horizon}; it must be a whole number from 1 to {Forecaster.MaximumHorizon}.");
        }

        if (definition.Frequency is { } frequency && !Frequency.Names.Contains(frequency))
        {
            throw PipelineProblems.Invalid("frequency_unknown", "frequency", $"There is no frequency of that name; use one of {string.Join(", ", Frequency.Names)}, or leave it out.");
        }

        if (definition.SeasonLength is < 1 or > LongestSeason)
        {
            throw PipelineProblems.Invalid("setting_out_of_range", "season_length", $"The season length is {definition.SeasonLength}; it must be a whole number from 1, for no season, to {LongestSeason}.");
        }

        return new ForecastSettings(timeColumn, horizon, definition.Frequency, definition.SeasonLength);
    }

    private static void CheckAbsent(PipelineDefinition definition)
    {
        string? field = definition switch
        {
            { Horizon: not null } => "horizon",
            { Frequency: not null } => "frequency",
            { SeasonLength: not null } => "season_length",
            _ => null,
        };
        if (field is not null)
        {
            throw PipelineProblems.Invalid("time_column_required", field, $"'{field}' is for series; name their 'time_column', or leave it out.");
        }
    }

    private static void CheckUse(PipelineDefinition definition, string timeColumn)
    {
        if (ModelType.Find(definition.ModelType) is { Forecasts: false } type)
        {
            throw PipelineProblems.Invalid("time_column_unsupported", "time_column", $"A model of type {type.Name} foretells no series; use {ModelType.Prediction}, or leave 'time_column' out.");
        }

        if (definition.TargetColumn == timeColumn)
        {
            throw PipelineProblems.Invalid("time_column_unsupported", "time_column", "'time_column' and 'target_column' must be two columns.");
        }

        if (definition.Monotone is { Count: > 0 })
        {
            throw PipelineProblems.Invalid("monotone_unsupported", "monotone", "A series is foretold from its own past, so there is no column to follow; leave 'monotone' out.");
        }
    }
}
