using Trainyard.Learning.Forecasting;

namespace Trainyard.Learning.Tests.Forecasting;

public sealed class FrequencyTests
{
    private static readonly DateTime Origin = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static TheoryData<TimeAxis, string?> Axes() => new()
    {
        { TimeAxis.Durations(Origin, TimeSpan.FromHours(1)), "hourly" },
        { TimeAxis.Durations(Origin, TimeSpan.FromDays(1)), "daily" },
        { TimeAxis.Durations(Origin, TimeSpan.FromDays(7)), "weekly" },
        { TimeAxis.Months(Origin, 1), "monthly" },
        { TimeAxis.Months(Origin, 3), "quarterly" },
        { TimeAxis.Months(Origin, 12), "yearly" },
        { TimeAxis.Numbers(1987, 1), "yearly" },
        { TimeAxis.Numbers(1987, 2), null },
        { TimeAxis.Durations(Origin, TimeSpan.FromMinutes(15)), null },
    };

    [Theory]
    [MemberData(nameof(Axes))]
    public void Fits_StepsOfAnAxis_IsTheirNameAlone(TimeAxis axis, string? expected) =>
        Assert.Equal(expected, Frequency.Names.SingleOrDefault(name => Frequency.Fits(name, axis)));

    [Fact]
    public void Fits_UnknownName_IsFalse() => Assert.False(Frequency.Fits("fortnightly", TimeAxis.Months(Origin, 1)));
}
