namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>One member of the family of exponential smoothing, named as in Hyndman et al., 2008: ETS(error, trend, season).</summary>
/// <param name="Error">How noise enters.</param>
/// <param name="Trend">How the level moves on.</param>
/// <param name="Season">How the season acts.</param>
/// <param name="SeasonLength">Steps per season; 1 without one.</param>
internal sealed record SmoothingForm(ErrorKind Error, TrendKind Trend, SeasonKind Season, int SeasonLength)
{
    public bool HasTrend => Trend != TrendKind.None;

    public bool HasSeason => Season != SeasonKind.None;

    /// <summary>Weights to find: α, and β, γ and φ as far as they are there.</summary>
    public int WeightCount => 1 + (HasTrend ? 1 : 0) + (HasSeason ? 1 : 0) + (Trend == TrendKind.Damped ? 1 : 0);

    /// <summary>First values to find: level, slope, and all seasons but the last, which the others give.</summary>
    public int StartCount => 1 + (HasTrend ? 1 : 0) + SeasonLength - 1;

    /// <summary>All that is estimated, the variance of the noise included.</summary>
    public int ParameterCount => WeightCount + StartCount + 1;

    /// <summary>Whether only positive series can follow it.</summary>
    public bool NeedsPositive => Error == ErrorKind.Multiplicative || Season == SeasonKind.Multiplicative;

    /// <summary>Whether the variance of its forecasts has a formula: additive all through.</summary>
    public bool IsLinear => Error == ErrorKind.Additive && Season != SeasonKind.Multiplicative;

    /// <summary>For example <c>ETS(A,Ad,M)</c>.</summary>
    public override string ToString()
    {
        string error = Error == ErrorKind.Additive ? "A" : "M";
        string trend = Trend switch { TrendKind.None => "N", TrendKind.Additive => "A", _ => "Ad" };
        string season = Season switch { SeasonKind.None => "N", SeasonKind.Additive => "A", _ => "M" };
        return $"ETS({error},{trend},{season})";
    }
}
