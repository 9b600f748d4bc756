using System.Globalization;
using Trainyard.Domain.Pipelines.Schedules;

namespace Trainyard.Domain.Tests.Pipelines.Schedules;

public class ScheduleTests
{
    private static readonly DateTimeOffset Anchor = At("2025-11-03T21:00:00Z");

    [Theory]
    [InlineData("hourly", "2025-11-03T21:00:00Z", "2025-11-03T22:00:00Z")]
    [InlineData("daily", "2025-11-03T21:00:00Z", "2025-11-04T21:00:00Z")]
    [InlineData("weekly", "2025-11-03T21:00:00Z", "2025-11-10T21:00:00Z")]
    [InlineData(" Daily ", "2025-11-03T21:00:00Z", "2025-11-04T21:00:00Z")]
    [InlineData("hourly", "2025-11-03T21:59:59.9999999Z", "2025-11-03T22:00:00Z")]
    [InlineData("hourly", "2025-11-03T22:00:00Z", "2025-11-03T23:00:00Z")]
    [InlineData("daily", "2025-12-31T23:00:00Z", "2026-01-01T21:00:00Z")]
    [InlineData("daily", "2020-01-01T00:00:00Z", "2025-11-04T21:00:00Z")]
    [InlineData("hourly", "2025-11-03T23:30:00+01:00", "2025-11-03T23:00:00Z")]
    [InlineData("0 6 * * 1-5", "2025-11-07T06:00:00Z", "2025-11-10T06:00:00Z")]
    [InlineData("*/15 * * * *", "2025-11-03T21:00:00Z", "2025-11-03T21:15:00Z")]
    [InlineData("30 */15 * * * *", "2025-11-03T21:00:00Z", "2025-11-03T21:00:30Z")]
    [InlineData("0 0 29 2 *", "2025-11-03T21:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 1 1 *", "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z")]
    public void NextAfter_OfASchedule_IsItsNextSlot(string text, string after, string expected)
    {
        Assert.True(Schedule.TryParse(text, out Schedule? schedule));
        Assert.Equal(At(expected), schedule.NextAfter(Anchor, At(after)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("monthly")]
    [InlineData("0 6 * *")]
    [InlineData("0 6 * * * * *")]
    [InlineData("60 6 * * *")]
    [InlineData("a b c d e")]
    [InlineData("🚂 * * * *")]
    public void TryParse_OfWhatIsNoSchedule_IsFalse(string? text) => Assert.False(Schedule.TryParse(text, out _));

    [Fact]
    public void TryParse_OfAnEndlessText_IsFalse() => Assert.False(Schedule.TryParse(new string('*', 10_000), out _));

    [Fact]
    public void NextAfter_OfADateThatNeverComes_IsNull()
    {
        Assert.True(Schedule.TryParse("0 0 31 2 *", out Schedule? schedule));
        Assert.Null(schedule.NextAfter(Anchor, Anchor));
    }

    [Theory]
    [InlineData("hourly", "2025-11-03T22:00:00Z", "2025-11-03T22:00:00Z", "2025-11-03T22:00:00Z")]
    [InlineData("hourly", "2025-11-03T22:00:00Z", "2025-11-03T22:59:59Z", "2025-11-03T22:00:00Z")]
    [InlineData("hourly", "2025-11-03T22:00:00Z", "2025-11-03T23:00:00Z", "2025-11-03T23:00:00Z")]
    [InlineData("daily", "2025-11-04T21:00:00Z", "2026-11-04T20:59:59Z", "2026-11-03T21:00:00Z")]
    [InlineData("*/5 * * * *", "2025-11-03T21:05:00Z", "2025-11-03T23:17:00Z", "2025-11-03T23:15:00Z")]
    [InlineData("* * * * * *", "2025-11-03T21:00:01Z", "2035-11-03T21:00:01.5Z", "2035-11-03T21:00:01Z")]
    [InlineData("0 0 1 1 *", "2026-01-01T00:00:00Z", "2030-12-31T23:59:59Z", "2030-01-01T00:00:00Z")]
    public void LatestDue_OfMissedSlots_IsTheLast(string text, string known, string now, string expected)
    {
        Assert.True(Schedule.TryParse(text, out Schedule? schedule));
        Assert.Equal(At(expected), schedule.LatestDue(Anchor, At(known), At(now)));
    }

    [Fact]
    public void LatestDue_OfRandomSchedules_EqualsSteppingThroughEverySlot()
    {
        const int Seed = 20251103;
        Random random = new(Seed);
        string[] texts = ["hourly", "daily", "*/7 * * * *", "13 */3 * * *", "0 30 4 * * 2", "5 4 1,15 * *"];
        for (int round = 0; round < 300; round++)
        {
            Assert.True(Schedule.TryParse(texts[random.Next(texts.Length)], out Schedule? schedule));
            DateTimeOffset anchor = Anchor.AddSeconds(random.Next(100_000));
            DateTimeOffset known = schedule.NextAfter(anchor, anchor)!.Value;
            DateTimeOffset now = known.AddSeconds(random.Next(1_000_000));
            DateTimeOffset expected = known;
            while (schedule.NextAfter(anchor, expected) is { } next && next <= now)
            {
                expected = next;
            }

            Assert.True(expected == schedule.LatestDue(anchor, known, now), $"seed {Seed}, round {round}: {schedule.Text} from {known:O} to {now:O}");
        }
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
