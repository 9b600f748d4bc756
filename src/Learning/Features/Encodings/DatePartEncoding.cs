using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>One part of a date as a number.</summary>
internal sealed record DatePartEncoding(DatePart Part, Scaling Scaling)
{
    /// <param name="part">Which part.</param>
    /// <param name="ticks">UTC; <see cref="DateColumn.Missing"/> gives <see cref="double.NaN"/>.</param>
    public static double ValueOf(DatePart part, long ticks)
    {
        if (ticks == DateColumn.Missing)
        {
            return double.NaN;
        }

        DateTime time = new(ticks, DateTimeKind.Utc);
        return part switch
        {
            DatePart.Days => (ticks / TimeSpan.TicksPerDay) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerDay),
            DatePart.Year => time.Year,
            DatePart.Month => time.Month,
            DatePart.DayOfMonth => time.Day,
            DatePart.DayOfWeek => time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek,
            _ => time.TimeOfDay.Ticks / TimeSpan.TicksPerMinute / 60.0,
        };
    }
}
