using Trainyard.Learning.Data;

namespace Trainyard.Learning.Forecasting;

/// <summary>Finite numbers at even steps of time. Immutable and thread safe.</summary>
public sealed class TimeSeries
{
    /// <summary>The largest value of a series: squares and their sums stay finite.</summary>
    public const double LargestValue = 1e150;

    private readonly double[] values;

    /// <summary>Takes a copy of the values.</summary>
    /// <param name="axis">When each was observed.</param>
    /// <param name="values">In the order of time.</param>
    /// <exception cref="LearningException">There is none (<c>series_too_short</c>), or one is missing, infinite or beyond 1e150 (<c>series_value_invalid</c>).</exception>
    public TimeSeries(TimeAxis axis, IEnumerable<double> values)
    {
        this.values = [.. values];
        if (this.values.Length == 0)
        {
            throw new LearningException("series_too_short", "The series has no values.");
        }

        int invalid = Array.FindIndex(this.values, value => !(Math.Abs(value) <= LargestValue));
        if (invalid >= 0)
        {
            throw new LearningException("series_value_invalid", $"The value at {axis.TextAt(invalid)} (number {invalid + 1}) is missing, infinite or too large; every value must be a number from -{LargestValue} to {LargestValue}.");
        }

        Axis = axis;
    }

    /// <summary>When each value was observed.</summary>
    public TimeAxis Axis { get; }

    /// <summary>The values in the order of time.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The number of values, at least 1.</summary>
    public int Length => values.Length;

    /// <summary>Reads a series from two columns of a table.</summary>
    /// <remarks>
    /// Rows may be in any order. Rows without a value count as gaps; those before the first value and after the last are left
    /// out. Dates that keep their day of the month, or are all month ends, make months; others a fixed duration: the
    /// shortest distance, of which every other must be a multiple.
    /// </remarks>
    /// <param name="rows">The observations.</param>
    /// <param name="timeColumn">Dates, or numbers such as years.</param>
    /// <param name="valueColumn">Numbers.</param>
    /// <param name="fill">What to do about gaps.</param>
    /// <exception cref="LearningException">
    /// <c>column_missing</c>, <c>series_column_type</c>, <c>series_too_short</c>, <c>series_time_missing</c>,
    /// <c>series_time_repeated</c>, <c>series_irregular</c> or <c>series_gaps</c>.
    /// </exception>
    public static TimeSeries From(Table rows, string timeColumn, string valueColumn, GapFill fill = GapFill.Refuse) =>
        new SeriesReader(rows, timeColumn, valueColumn).Read(fill);

    /// <summary>The series up to a point.</summary>
    /// <param name="count">Values to keep, from 1 to <see cref="Length"/>.</param>
    public TimeSeries First(int count) => new(Axis, values[..count]);
}
