using System.Globalization;
using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Forecasting;

namespace Trainyard.Learning.Tests.Forecasting;

public class TimeSeriesTests
{
    [Theory]
    [InlineData("2020-01-01 2020-02-01 2020-03-01", 12, "2020-04-01")]
    [InlineData("2020-01-31 2020-02-29 2020-03-31", 12, "2020-04-30")]
    [InlineData("2020-02-29 2020-03-31 2020-04-30", 12, "2020-05-31")]
    [InlineData("2020-01-01 2020-04-01 2020-07-01", 4, "2020-10-01")]
    [InlineData("2018-06-30 2019-06-30 2020-06-30", 1, "2021-06-30")]
    [InlineData("2020-01-01 2020-01-02 2020-01-03", 7, "2020-01-04")]
    [InlineData("2020-01-06 2020-01-13 2020-01-20", 52, "2020-01-27")]
    [InlineData("2020-01-01T00:00:00Z 2020-01-01T01:00:00Z 2020-01-01T02:00:00Z", 24, "2020-01-01T03:00:00Z")]
    [InlineData("2020-01-01T00:00:00Z 2020-01-01T00:15:00Z 2020-01-01T00:30:00Z", 96, "2020-01-01T00:45:00Z")]
    [InlineData("2020-01-01T00:00:00.001Z 2020-01-01T00:00:00.002Z 2020-01-01T00:00:00.003Z", 1, "2020-01-01T00:00:00.004Z")]
    [InlineData("1700 1701 1702", 1, "1703")]
    [InlineData("0.1 0.2 0.30000000000000004", 1, "0.4")]
    public void From_EvenTimes_FindsStepAndUsualSeason(string times, int season, string next)
    {
        TimeSeries series = TimeSeries.From(Rows(times, "1 2 3"), "time", "value");

        Assert.Equal([1, 2, 3], series.Values.ToArray());
        Assert.Equal(season, series.Axis.UsualSeason);
        Assert.Equal(next, series.Axis.TextAt(3));
    }

    [Fact]
    public void From_RowsInAnyOrder_SortsThem() =>
        Assert.Equal([1, 2, 3], TimeSeries.From(Rows("2020-01-03 2020-01-01 2020-01-02", "3 1 2"), "time", "value").Values.ToArray());

    [Theory]
    [InlineData(GapFill.CarryForward, new double[] { 1, 1, 1, 4, 5 })]
    [InlineData(GapFill.Interpolate, new double[] { 1, 2, 3, 4, 5 })]
    public void From_Gaps_FillsThemAsAsked(GapFill fill, double[] expected)
    {
        // A time without a row and a row without a value are the same gap; missing ends are left out.
        Table rows = Rows("2020-01-01 2020-01-03 2020-01-04 2020-01-05 2020-01-06", "1 - 4 5 -");
        Assert.Equal(expected, TimeSeries.From(rows, "time", "value", fill).Values.ToArray());
    }

    [Theory]
    [InlineData("2020-01-01 2020-01-02 2020-01-04", "1 2 3", "series_gaps", "time")]
    [InlineData("2020-01-01 2020-01-01 2020-01-02", "1 2 3", "series_time_repeated", "time")]
    [InlineData("2020-01-01 2020-01-03 2020-01-06", "1 2 3", "series_irregular", "time")]
    [InlineData("2020-01-01 2020-01-02 2020-03-09", "1 2 3", "series_irregular", "time")]
    [InlineData("2020-01-01 - 2020-01-03", "1 2 3", "series_time_missing", "time")]
    [InlineData("one two three", "1 2 3", "series_column_type", "time")]
    [InlineData("2020-01-01 2020-01-02 2020-01-03", "a b c", "series_column_type", "value")]
    [InlineData("2020-01-01 2020-01-02 2020-01-03", "1 - -", "series_too_short", "value")]
    public void From_TimesThatMakeNoSeries_SaysWhy(string times, string values, string code, string field)
    {
        LearningException failure = Assert.Throws<LearningException>(() => TimeSeries.From(Rows(times, values), "time", "value"));
        Assert.Equal((code, field), (failure.Code, failure.Field));
    }

    [Fact]
    public void From_GapAfterMonthEnd_NamesItsDate()
    {
        LearningException failure = Assert.Throws<LearningException>(() => TimeSeries.From(Rows("2020-01-31 2020-02-29 2020-04-30", "1 2 3"), "time", "value"));
        Assert.Contains("2020-03-31", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e200)]
    public void Constructor_ValueThatIsNoValue_NamesItsTime(double value)
    {
        LearningException failure = Assert.Throws<LearningException>(() => new TimeSeries(TimeAxis.Numbers(1990, 1), [1, 2, value]));
        Assert.Equal("series_value_invalid", failure.Code);
        Assert.Contains("1992", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_Empty_SaysSo() =>
        Assert.Equal("series_too_short", Assert.Throws<LearningException>(() => new TimeSeries(TimeAxis.Counting, [])).Code);

    [Fact]
    public void TextAt_BeyondTheCalendar_SaysSo()
    {
        TimeAxis years = TimeAxis.Months(new DateTime(9990, 12, 31, 0, 0, 0, DateTimeKind.Utc), 12, atMonthEnd: true);
        Assert.Equal("9999-12-31", years.TextAt(9));
        Assert.Equal("horizon_out_of_range", Assert.Throws<LearningException>(() => years.TextAt(10)).Code);
        TimeAxis days = TimeAxis.Durations(new DateTime(9999, 12, 30, 0, 0, 0, DateTimeKind.Utc), TimeSpan.FromDays(1));
        Assert.Equal("9999-12-31", days.TextAt(1));
        Assert.Equal("horizon_out_of_range", Assert.Throws<LearningException>(() => days.TextAt(2)).Code);
    }

    private static Table Rows(string times, string values)
    {
        string[] time = times.Split(' ');
        string[] value = values.Split(' ');
        StringBuilder csv = new("time,value\n");
        for (int row = 0; row < time.Length; row++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{time[row]},{value[row]}\n");
        }

        csv.Replace("-\n", "\n").Replace("\n-,", "\n,");
        return CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())));
    }
}
