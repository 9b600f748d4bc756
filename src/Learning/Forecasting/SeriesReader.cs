using Trainyard.Learning.Data;

namespace Trainyard.Learning.Forecasting;

/// <summary>Finds the even steps behind observations in any order, and fills the gaps.</summary>
internal sealed class SeriesReader
{
    /// <summary>Share of a step by which times may be off: the rounding of their decimals, and no more.</summary>
    private const double Slack = 1e-6;

    private readonly string timeColumn;
    private readonly Moment[] times;
    private readonly double[] values;

    public SeriesReader(Table rows, string timeColumn, string valueColumn)
    {
        this.timeColumn = timeColumn;
        Column time = rows[timeColumn];
        NumberColumn numbers = rows[valueColumn] as NumberColumn
            ?? throw new LearningException("series_column_type", $"Column '{valueColumn}' does not hold numbers; a series needs a number per time.", valueColumn);
        if (time is not (DateColumn or NumberColumn))
        {
            throw new LearningException("series_column_type", $"Column '{timeColumn}' holds neither dates nor numbers.", timeColumn);
        }

        int[] present = [.. Enumerable.Range(0, rows.RowCount).Where(row => !numbers.IsMissing(row))];
        if (present.Length < 2)
        {
            throw new LearningException("series_too_short", $"Column '{valueColumn}' has {present.Length} values; a series needs at least 2.", valueColumn);
        }

        times = Array.ConvertAll(present, row => MomentAt(time, row));
        values = Array.ConvertAll(present, row => numbers.Values[row]);
        Array.Sort(times, values, Comparer<Moment>.Create(Moment.Compare));
    }

    /// <summary>The series on its even steps.</summary>
    public TimeSeries Read(GapFill fill)
    {
        CheckRepeated();
        (TimeUnit unit, bool atMonthEnd) = Unit();
        double[] positions = Array.ConvertAll(times, time => time.DistanceFrom(times[0], unit));
        double step = positions.Zip(positions.Skip(1), (before, after) => after - before).Min();
        TimeAxis axis = unit switch
        {
            TimeUnit.Month => TimeAxis.Months(times[0].Date, (int)step, atMonthEnd),
            TimeUnit.Tick => TimeAxis.Durations(times[0].Date, TimeSpan.FromTicks((long)step)),
            _ => TimeAxis.Numbers(times[0].Number, step),
        };
        return new TimeSeries(axis, Filled(axis, Indices(positions, step), fill));
    }

    private int[] Indices(double[] positions, double step)
    {
        int[] indices = new int[positions.Length];
        for (int row = 0; row < indices.Length; row++)
        {
            double index = positions[row] / step;
            if (Math.Abs(index - Math.Round(index)) > Slack)
            {
                throw Irregular($"{times[0].Text} and {times[row].Text} are {index:0.###} times the shortest distance apart");
            }

            // Past half, what is missing outweighs what is there, and the shortest distance is likely a slip of the clock.
            if (Math.Round(index) >= 2L * indices.Length)
            {
                throw Irregular($"at the shortest distance between two times, more than half of the points up to {times[row].Text} have no value");
            }

            indices[row] = (int)Math.Round(index);
        }

        return indices;
    }

    private double[] Filled(TimeAxis axis, int[] indices, GapFill fill)
    {
        double[] filled = new double[indices[^1] + 1];
        if (fill == GapFill.Refuse && filled.Length > indices.Length)
        {
            int first = Enumerable.Range(0, indices.Length).First(row => indices[row] != row);
            throw new LearningException("series_gaps", $"{filled.Length - indices.Length} of {filled.Length} points have no value, the first at {axis.TextAt(first)}. Add them, or ask for gaps to be carried forward or interpolated.", timeColumn);
        }

        filled[0] = values[0];
        for (int row = 1; row < indices.Length; row++)
        {
            int gap = indices[row] - indices[row - 1];
            for (int step = 1; step < gap; step++)
            {
                double share = fill == GapFill.Interpolate ? (double)step / gap : 0;
                filled[indices[row - 1] + step] = (values[row - 1] * (1 - share)) + (values[row] * share);
            }

            filled[indices[row]] = values[row];
        }

        return filled;
    }

    private void CheckRepeated()
    {
        for (int row = 1; row < times.Length; row++)
        {
            if (Moment.Compare(times[row], times[row - 1]) == 0)
            {
                throw new LearningException("series_time_repeated", $"Time {times[row].Text} is there twice; a series has one value per time. Aggregate them, or keep one.", timeColumn);
            }
        }
    }

    /// <summary>Months when every date has the same place in its month.</summary>
    private (TimeUnit Unit, bool AtMonthEnd) Unit()
    {
        if (!times[0].IsDate)
        {
            return (TimeUnit.Number, false);
        }

        DateTime[] dates = Array.ConvertAll(times, time => time.Date);
        bool sameTime = Array.TrueForAll(dates, date => date.TimeOfDay == dates[0].TimeOfDay);
        bool sameDay = Array.TrueForAll(dates, date => date.Day == dates[0].Day);
        bool atEnd = Array.TrueForAll(dates, date => date.Day == DateTime.DaysInMonth(date.Year, date.Month));
        bool sameMonth = dates[0].Year == dates[^1].Year && dates[0].Month == dates[^1].Month;
        return sameTime && !sameMonth && (sameDay || atEnd) ? (TimeUnit.Month, atEnd) : (TimeUnit.Tick, false);
    }

    private Moment MomentAt(Column column, int row)
    {
        if (column.IsMissing(row))
        {
            throw new LearningException("series_time_missing", $"Row {row + 1} has a value but no time in column '{timeColumn}'.", timeColumn);
        }

        return column is DateColumn dates
            ? new Moment(true, dates.ValueAt(row)!.Value, 0)
            : new Moment(false, default, ((NumberColumn)column).Values[row]);
    }

    private LearningException Irregular(string what) =>
        new("series_irregular", $"The times in column '{timeColumn}' have no even steps: {what}. Aggregate to a fixed step, such as days.", timeColumn);

    /// <summary>A date or a number.</summary>
    private readonly record struct Moment(bool IsDate, DateTime Date, double Number)
    {
        public string Text => IsDate ? ValueText.OfDate(Date) : ValueText.OfNumber(Number);

        public static int Compare(Moment first, Moment second) => first.IsDate ? first.Date.CompareTo(second.Date) : first.Number.CompareTo(second.Number);

        public double DistanceFrom(Moment first, TimeUnit unit) => unit switch
        {
            TimeUnit.Month => ((Date.Year - first.Date.Year) * 12) + Date.Month - first.Date.Month,
            TimeUnit.Tick => (Date - first.Date).Ticks,
            _ => Number - first.Number,
        };
    }
}
