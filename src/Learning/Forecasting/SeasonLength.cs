using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Forecasting;

/// <summary>How many steps a season has: a setting that every method takes.</summary>
internal static class SeasonLength
{
    /// <summary>The longest: days of a leap year.</summary>
    public const int Maximum = 366;

    /// <summary>Times that a season must be seen before it can be told from chance.</summary>
    public const int LeastSeasons = 2;

    public static readonly HyperParameter Parameter = new("season_length", 0, 0, Maximum, "Steps per season, 1 for none; 0 takes what is usual for the steps of the series: 12 months, 4 quarters, 7 days, 24 hours (default: 0).") { IsInteger = true };

    /// <summary>The length to use; 1 for no season. A usual length of which the series does not hold two is not used.</summary>
    /// <exception cref="LearningException"><c>series_too_short</c> when the settings name a length of which the series does not hold two.</exception>
    public static int Of(TimeSeries series, LearnerSettings settings)
    {
        int asked = (int)settings.Get(Parameter);
        if (asked == 0)
        {
            return series.Axis.UsualSeason * LeastSeasons <= series.Length ? series.Axis.UsualSeason : 1;
        }

        return asked == 1 || asked * LeastSeasons <= series.Length
            ? asked
            : throw new LearningException("series_too_short", $"The series has {series.Length} values; seasons of {asked} need at least {asked * LeastSeasons}.", Parameter.Name);
    }
}
