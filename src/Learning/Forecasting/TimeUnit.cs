namespace Trainyard.Learning.Forecasting;

/// <summary>What the steps of a time axis are counted in.</summary>
public enum TimeUnit
{
    /// <summary>Calendar months: years and quarters are 12 and 3 of them.</summary>
    Month,

    /// <summary>Ticks of 100 ns: days, hours, any fixed duration.</summary>
    Tick,

    /// <summary>Plain numbers, such as a year written as 1987 or a reading's number.</summary>
    Number,
}
