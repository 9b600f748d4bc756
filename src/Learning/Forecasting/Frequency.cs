using System.Collections.Frozen;

namespace Trainyard.Learning.Forecasting;

/// <summary>The steps of a series by the names that people give them.</summary>
public static class Frequency
{
    private const int MonthsPerQuarter = 3;
    private const int MonthsPerYear = 12;
    private const int DaysPerWeek = 7;

    private static readonly FrozenDictionary<string, Predicate<TimeAxis>> ByName = new Dictionary<string, Predicate<TimeAxis>>(StringComparer.Ordinal)
    {
        ["hourly"] = axis => IsOf(axis, TimeSpan.FromHours(1)),
        ["daily"] = axis => IsOf(axis, TimeSpan.FromDays(1)),
        ["weekly"] = axis => IsOf(axis, TimeSpan.FromDays(DaysPerWeek)),
        ["monthly"] = axis => IsOf(axis, 1),
        ["quarterly"] = axis => IsOf(axis, MonthsPerQuarter),
        ["yearly"] = axis => IsOf(axis, MonthsPerYear) || axis is { Unit: TimeUnit.Number, Step: 1 },
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names, the shortest step first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["hourly", "daily", "weekly", "monthly", "quarterly", "yearly"];

    /// <summary>Whether an axis has steps of that name. Years may be plain numbers.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="axis">The times of a series.</param>
    public static bool Fits(string name, TimeAxis axis) => ByName.TryGetValue(name, out Predicate<TimeAxis>? fits) && fits(axis);

    private static bool IsOf(TimeAxis axis, TimeSpan step) => axis.Unit == TimeUnit.Tick && axis.Step == step.Ticks;

    private static bool IsOf(TimeAxis axis, int months) => axis.Unit == TimeUnit.Month && axis.Step == months;
}
