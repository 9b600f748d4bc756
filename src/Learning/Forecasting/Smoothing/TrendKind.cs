namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>How the level moves on. The numbers are those of the setting <c>trend</c> and of files.</summary>
internal enum TrendKind
{
    /// <summary>Not at all.</summary>
    None = 1,

    /// <summary>By a slope.</summary>
    Additive = 2,

    /// <summary>By a slope that fades.</summary>
    Damped = 3,
}
