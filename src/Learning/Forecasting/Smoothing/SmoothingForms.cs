using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>Which members of the family settings ask for.</summary>
internal static class SmoothingForms
{
    public static readonly HyperParameter Error = new("error", 0, 0, (int)ErrorKind.Multiplicative, "Noise: 0 whichever has the lower AICc, 1 additive, 2 multiplicative (default: 0).") { IsInteger = true };
    public static readonly HyperParameter Trend = new("trend", 0, 0, (int)TrendKind.Damped, "Trend: 0 whichever has the lowest AICc, 1 none, 2 additive, 3 damped (default: 0).") { IsInteger = true };
    public static readonly HyperParameter Season = new("season", 0, 0, (int)SeasonKind.Multiplicative, "Season: 0 whichever has the lowest AICc, 1 none, 2 additive, 3 multiplicative (default: 0).") { IsInteger = true };

    /// <summary>The forms to choose among, the simplest first.</summary>
    /// <exception cref="LearningException"><c>series_too_short</c>, <c>series_not_positive</c> or <c>season_length_missing</c>.</exception>
    public static IReadOnlyList<SmoothingForm> For(TimeSeries series, int seasonLength, LearnerSettings settings)
    {
        SmoothingForm[] asked = [.. Asked(seasonLength, settings)];
        if (asked.Length == 0)
        {
            throw new LearningException("season_length_missing", "A season was asked for, but not of how many steps, and none is usual for this series or it does not hold two of them; give 'season_length'.", SeasonLength.Parameter.Name);
        }

        bool positive = Positive(series);
        SmoothingForm[] suited = Array.FindAll(asked, form => positive || !form.NeedsPositive);
        if (suited.Length == 0)
        {
            string field = settings.Get(Error) == (int)ErrorKind.Multiplicative ? Error.Name : Season.Name;
            throw new LearningException("series_not_positive", $"The series has values of 0 or less; multiplicative noise and seasons need values above 0. Use the additive kind (setting '{field}' 1 or 2, see its range), or shift the series.", field);
        }

        SmoothingForm[] estimable = Array.FindAll(suited, form => series.Length >= LeastLength(form));
        return estimable.Length > 0
            ? estimable
            : throw new LearningException("series_too_short", $"The series has {series.Length} values; {suited[0]} has so much to estimate that it needs at least {suited.Min(LeastLength)}.");
    }

    /// <summary>One more than leaves the correction of AICc defined.</summary>
    private static int LeastLength(SmoothingForm form) => form.ParameterCount + 2;

    private static IEnumerable<SmoothingForm> Asked(int seasonLength, LearnerSettings settings) =>
        from error in Enum.GetValues<ErrorKind>()
        from trend in Enum.GetValues<TrendKind>()
        from season in Enum.GetValues<SeasonKind>()
        where IsAsked(settings.Get(Error), (int)error) && IsAsked(settings.Get(Trend), (int)trend) && IsAsked(settings.Get(Season), (int)season)
        where season == SeasonKind.None || seasonLength > 1

        // Their forecasts have variances that may be infinite, so they are not chosen unasked (Hyndman et al., 2008, chapter 15).
        where settings.Get(Error) != 0 || settings.Get(Season) != 0 || error != ErrorKind.Additive || season != SeasonKind.Multiplicative
        select new SmoothingForm(error, trend, season, season == SeasonKind.None ? 1 : seasonLength);

    private static bool IsAsked(double setting, int kind) => setting == 0 || setting == kind;

    private static bool Positive(TimeSeries series)
    {
        foreach (double value in series.Values)
        {
            if (value <= 0)
            {
                return false;
            }
        }

        return true;
    }
}
