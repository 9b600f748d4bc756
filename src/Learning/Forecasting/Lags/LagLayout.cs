using Trainyard.Learning.Features;

namespace Trainyard.Learning.Forecasting.Lags;

/// <summary>How the values before a step become the features of a row.</summary>
/// <param name="Lags">Values looked back at, at least 1; at least 2 when differencing.</param>
/// <param name="SeasonLength">Steps per season; 1 without one.</param>
/// <param name="Differences">Whether the change from the last value is learned, and every older value is seen relative to it.</param>
/// <param name="OneHot">Whether places in the season are features of their own, as linear models need them.</param>
internal sealed record LagLayout(int Lags, int SeasonLength, bool Differences, bool OneHot)
{
    public int LagCount => Differences ? Lags - 1 : Lags;

    public int FeatureCount => LagCount + (SeasonLength == 1 ? 0 : OneHot ? SeasonLength - 1 : 1);

    public IReadOnlyList<FeatureInfo> Describe()
    {
        int first = Differences ? 2 : 1;
        IEnumerable<FeatureInfo> lags = Enumerable.Range(first, LagCount).Select(lag => new FeatureInfo($"lag_{lag}", "value", FeatureKind.Number));
        IEnumerable<FeatureInfo> season = SeasonLength == 1 ? []
            : OneHot ? Enumerable.Range(1, SeasonLength - 1).Select(place => new FeatureInfo($"season={place}", "season", FeatureKind.Number))
            : [new FeatureInfo("season", "season", FeatureKind.Category, SeasonLength)];
        return [.. lags, .. season];
    }

    /// <summary>The features of the step that follows <paramref name="past"/>.</summary>
    /// <param name="past">At least <see cref="Lags"/> values, the newest last.</param>
    /// <param name="place">The step's place in the season, from 0.</param>
    /// <param name="row">Receives <see cref="FeatureCount"/> values.</param>
    public void Fill(ReadOnlySpan<double> past, int place, Span<double> row)
    {
        double origin = Origin(past);
        for (int index = 0; index < LagCount; index++)
        {
            row[index] = past[^(index + (Differences ? 2 : 1))] - origin;
        }

        if (SeasonLength > 1 && OneHot)
        {
            row[LagCount..].Clear();
            if (place > 0)
            {
                row[LagCount + place - 1] = 1;
            }
        }
        else if (SeasonLength > 1)
        {
            row[LagCount] = place;
        }
    }

    /// <summary>What is added to a prediction, and taken off values before.</summary>
    public double Origin(ReadOnlySpan<double> past) => Differences ? past[^1] : 0;
}
