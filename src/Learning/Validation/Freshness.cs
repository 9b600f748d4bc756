using Trainyard.Learning.Data;

namespace Trainyard.Learning.Validation;

/// <summary>How new the data of a column are.</summary>
internal static class Freshness
{
    /// <summary>How far in the future a date may lie and still count: a local date without a time zone is up to 14 hours ahead of UTC.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>The newest date; null when there is none. Dates to come prove nothing: one mistyped year would make data fresh for ever.</summary>
    public static DateTime? NewestOf(Column column, DateTime now)
    {
        DateTime last = now > DateTime.MaxValue - Ahead ? DateTime.MaxValue : now + Ahead;
        DateTime? newest = null;
        for (int row = 0; row < column.RowCount; row++)
        {
            DateTime? date = DateOf(column, row);
            newest = date <= last && !(date < newest) ? date : newest;
        }

        return newest;
    }

    // A column in which some values are no dates, or that has no value at all, is no column of dates.
    private static DateTime? DateOf(Column column, int row)
    {
        if (column is DateColumn dates)
        {
            return dates.ValueAt(row);
        }

        return column.TextAt(row) is { } text && ValueText.TryDate(text, out long ticks) ? new DateTime(ticks, DateTimeKind.Utc) : null;
    }
}
