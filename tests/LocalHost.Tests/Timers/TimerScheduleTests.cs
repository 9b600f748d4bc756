using System.Globalization;
using Trainyard.LocalHost.Timers;

namespace Trainyard.LocalHost.Tests.Timers;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-01-01T00:00:00", "2026-01-01T00:05:00")]
    [InlineData("0 */5 * * * *", "2026-01-01T00:04:59", "2026-01-01T00:05:00")]
    [InlineData("30 0 9 * * 1-5", "2026-01-02T09:00:30", "2026-01-05T09:00:30")]
    [InlineData("0 0 0 29 2 *", "2026-01-01T00:00:00", "2028-02-29T00:00:00")]
    [InlineData("0 30 2 * * *", "2026-03-28T02:30:00", "2026-03-29T02:30:00")]
    [InlineData("*/10 * * * * *", "2026-12-31T23:59:50", "2027-01-01T00:00:00")]
    [InlineData("15 3 * * *", "2026-01-01T00:00:00", "2026-01-01T03:15:00")]
    [InlineData("00:30:00", "2026-01-01T00:00:10", "2026-01-01T00:30:10")]
    public void Next_Schedule_IsTheFirstDueTimeAfterInUtc(string text, string moment, string expected)
    {
        DateTime next = TimerSchedule.Parse(text).Next(Utc(moment));

        Assert.Equal(Utc(expected), next);
        Assert.Equal(DateTimeKind.Utc, next.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("every day")]
    [InlineData("0 0 0 30 2 *")]
    [InlineData("60 * * * * *")]
    [InlineData("* * * *")]
    [InlineData("00:00:00")]
    [InlineData("-00:01:00")]
    public void Parse_ScheduleThatIsNone_Fails(string text) => Assert.Throws<FormatException>(() => TimerSchedule.Parse(text));

    [Theory]
    [InlineData("*/30 * * * * *", false)]
    [InlineData("0 * * * * *", true)]
    [InlineData("00:00:59", false)]
    [InlineData("00:01:00", true)]
    public void IsWorthMonitoring_Schedule_FromOneMinuteApart(string text, bool expected) =>
        Assert.Equal(expected, TimerSchedule.Parse(text).IsWorthMonitoring(Utc("2026-01-01T00:00:00")));

    private static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
