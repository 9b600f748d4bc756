using Trainyard.Learning.Data;

namespace Trainyard.Learning.Forecasting;

/// <summary>Points in time at even steps, without end. An immutable value.</summary>
public sealed record TimeAxis
{
    /// <summary>Parts of a day beyond which no season is assumed: ten minutes.</summary>
    private const int LongestUsualSeason = 144;

    private const int MonthsPerYear = 12;
    private const int DaysPerWeek = 7;
    private const int WeeksPerYear = 52;

    private TimeAxis(TimeUnit unit, DateTime origin, double start, double step, bool atMonthEnd)
    {
        bool whole = unit == TimeUnit.Number || step == Math.Floor(step);
        if (!double.IsFinite(start) || !double.IsFinite(step) || step <= 0 || !whole)
        {
            throw new ArgumentException($"A time axis cannot have steps of {step} {unit}.", nameof(step));
        }

        (Unit, Origin, Start, Step, AtMonthEnd) = (unit, DateTime.SpecifyKind(origin, DateTimeKind.Utc), start, step, atMonthEnd);
    }

    /// <summary>Steps of 1 from 0: a series without times.</summary>
    public static TimeAxis Counting { get; } = Numbers(0, 1);

    /// <summary>What steps are counted in.</summary>
    public TimeUnit Unit { get; }

    /// <summary>The first date, UTC; not used by <see cref="TimeUnit.Number"/>.</summary>
    public DateTime Origin { get; }

    /// <summary>The first number; 0 for dates.</summary>
    public double Start { get; }

    /// <summary>Units per step.</summary>
    public double Step { get; }

    /// <summary>Whether every point is the last day of its month.</summary>
    public bool AtMonthEnd { get; }

    /// <summary>
    /// Points after which a year, a week or a day begins anew, as forecasters usually assume it: 12 months, 4 quarters, 52
    /// weeks, 7 days, 24 hours; 1 where nothing is usual.
    /// </summary>
    public int UsualSeason => Unit switch
    {
        TimeUnit.Month => Parts(MonthsPerYear),
        TimeUnit.Tick when Step == TimeSpan.TicksPerDay => DaysPerWeek,
        TimeUnit.Tick when Step == DaysPerWeek * (double)TimeSpan.TicksPerDay => WeeksPerYear,
        TimeUnit.Tick when Step < TimeSpan.TicksPerDay => Parts(TimeSpan.TicksPerDay),
        _ => 1,
    };

    /// <summary>Steps of whole months.</summary>
    /// <param name="origin">The first date, UTC.</param>
    /// <param name="step">Months per step, at least 1; a year is 12.</param>
    /// <param name="atMonthEnd">Whether every point is the last day of its month.</param>
    /// <exception cref="ArgumentException">The step is not positive.</exception>
    public static TimeAxis Months(DateTime origin, int step, bool atMonthEnd = false) => new(TimeUnit.Month, origin, 0, step, atMonthEnd);

    /// <summary>Steps of a fixed duration.</summary>
    /// <param name="origin">The first date, UTC.</param>
    /// <param name="step">The duration, above zero.</param>
    /// <exception cref="ArgumentException">The step is not positive.</exception>
    public static TimeAxis Durations(DateTime origin, TimeSpan step) => new(TimeUnit.Tick, origin, 0, step.Ticks, false);

    /// <summary>Steps of plain numbers.</summary>
    /// <param name="start">The first number.</param>
    /// <param name="step">The distance between two, above 0.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the step not positive.</exception>
    public static TimeAxis Numbers(double start, double step) => new(TimeUnit.Number, DateTime.UnixEpoch, start, step, false);

    /// <summary>The point at an index, 0 being the first, as text: a date, or a number.</summary>
    /// <exception cref="LearningException"><c>horizon_out_of_range</c> when the calendar ends before it (year 9999).</exception>
    public string TextAt(long index)
    {
        double distance = index * Step;
        if (Unit == TimeUnit.Number)
        {
            return ValueText.OfNumber(Start + distance);
        }

        double room = Unit == TimeUnit.Month ? MonthsLeft() : (DateTime.MaxValue - Origin).Ticks;
        return distance < room
            ? ValueText.OfDate(DateAt(distance))
            : throw new LearningException("horizon_out_of_range", $"Point {index} lies beyond the year 9999; forecast fewer steps.", "horizon");
    }

    private double MonthsLeft() => ((DateTime.MaxValue.Year - Origin.Year) * MonthsPerYear) + DateTime.MaxValue.Month - Origin.Month + 1;

    private DateTime DateAt(double distance)
    {
        if (Unit == TimeUnit.Tick)
        {
            return Origin.AddTicks((long)distance);
        }

        DateTime date = Origin.AddMonths((int)distance);
        return AtMonthEnd ? date.AddDays(DateTime.DaysInMonth(date.Year, date.Month) - date.Day) : date;
    }

    private int Parts(double whole)
    {
        double parts = whole / Step;
        return parts == Math.Floor(parts) && parts is >= 1 and <= LongestUsualSeason ? (int)parts : 1;
    }
}
