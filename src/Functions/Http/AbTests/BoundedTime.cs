namespace Trainyard.Functions.Http.AbTests;

/// <summary>Times in seconds as callers give them.</summary>
internal static class BoundedTime
{
    /// <summary>A time; one outside of what a time can hold is just outside of the bounds, so that it is refused by name and not by an exception of the runtime.</summary>
    public static TimeSpan Of(double? seconds, TimeSpan absent, TimeSpan greatest)
    {
        double bounded = Math.Clamp(seconds ?? absent.TotalSeconds, -1, greatest.TotalSeconds + 1);
        return TimeSpan.FromSeconds(double.IsNaN(bounded) ? -1 : bounded);
    }
}
