using Trainyard.Domain.Pipelines.Rules;

namespace Trainyard.Domain.Tests.Pipelines.Rules;

public class TrendTests
{
    // (0.92 - 0.89) / 0.89 * 100 = 3.3707…, as the first API's example has it.
    [Theory]
    [InlineData(3.37, new[] { 0.89, 0.92 })]
    [InlineData(-3.26, new[] { 0.92, 0.89 })]
    [InlineData(3.37, new[] { 0.89, 0.1, 0.92 })]
    [InlineData(0.0, new[] { 0.5, 0.5 })]
    [InlineData(100.0, new[] { 2.0, 4.0 })]
    [InlineData(150.0, new[] { -2.0, 1.0 })]
    public void Percent_OfAHistory_IsTheChangeFromFirstToLast(double expected, double[] values) => Assert.Equal(expected, Trend.Percent(values));

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 0.9 })]
    [InlineData(new[] { 0.0, 0.9 })]
    [InlineData(new[] { double.Epsilon, double.MaxValue })]
    public void Percent_WhereItCannotBeTold_IsNull(double[] values) => Assert.Null(Trend.Percent(values));
}
