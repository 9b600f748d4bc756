namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>How the season acts on the level. The numbers are those of the setting <c>season</c> and of files.</summary>
internal enum SeasonKind
{
    /// <summary>Not at all.</summary>
    None = 1,

    /// <summary>It is added.</summary>
    Additive = 2,

    /// <summary>It multiplies.</summary>
    Multiplicative = 3,
}
