using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

public class NumberSortTests
{
    private const ulong Seed = 43;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Sort_OfAnyNumbers_OrdersAsComparingDoes(int count)
    {
        DeterministicRandom random = new(Seed);
        double[] odd = [double.NegativeInfinity, double.MinValue, -1, -double.Epsilon, -0.0, 0, double.Epsilon, 1, double.MaxValue, double.PositiveInfinity];
        double[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextInt(3) == 0 ? odd[random.NextInt(odd.Length)] : random.NextGaussian() * Math.Pow(10, random.NextInt(600) - 300))];
        double[] expected = [.. values.Order()];
        NumberSort.Sort(values);
        Assert.Equal(expected, values);
    }

    [Fact]
    public void Sort_OfOneNumberManyTimes_KeepsIt()
    {
        double[] values = [.. Enumerable.Repeat(-3.5, 4000)];
        NumberSort.Sort(values);
        Assert.All(values, value => Assert.Equal(-3.5, value));
    }
}
