namespace Trainyard.Learning.Forecasting;

/// <summary>What to put where a series has no value.</summary>
public enum GapFill
{
    /// <summary>Nothing: the series is refused.</summary>
    Refuse,

    /// <summary>The last value before it.</summary>
    CarryForward,

    /// <summary>The straight line between its neighbours.</summary>
    Interpolate,
}
