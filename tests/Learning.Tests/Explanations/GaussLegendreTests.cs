using Trainyard.Learning.Explanations;

namespace Trainyard.Learning.Tests.Explanations;

public class GaussLegendreTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(64)]
    public void OfSize_OnPowers_IntegratesExactly(int count)
    {
        (double[] points, double[] weights) = GaussLegendre.OfSize(count);
        Assert.All(points, point => Assert.InRange(point, double.Epsilon, 1 - double.Epsilon));
        for (int power = 0; power < 2 * count; power++)
        {
            double integral = points.Zip(weights, (point, weight) => weight * Math.Pow(point, power)).Sum();
            Assert.Equal(1.0 / (power + 1), integral, 1e-14);
        }
    }

    [Fact]
    public void OfSize_Two_IsTheTextbookRule()
    {
        (double[] points, double[] weights) = GaussLegendre.OfSize(2);
        Assert.Equal([(1 - (1 / Math.Sqrt(3))) / 2, (1 + (1 / Math.Sqrt(3))) / 2], points, (left, right) => Math.Abs(left - right) < 1e-15);
        Assert.All(weights, weight => Assert.Equal(0.5, weight, 1e-15));
    }
}
