using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Concurrency;

public class CancellableSortTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(1000, 10)]
    [InlineData(400_003, 50)]
    [InlineData(400_003, int.MaxValue)]
    public void Sort_OfAnyLength_OrdersKeysAndTakesTheirItemsAlong(int count, int distinct)
    {
        DeterministicRandom random = new(5);
        double[] original = [.. Enumerable.Range(0, count).Select(_ => (double)random.NextInt(distinct))];
        double[] keys = [.. original];
        int[] items = [.. Enumerable.Range(0, count)];
        CancellableSort.Sort(keys.AsSpan(), items, default);
        Assert.Equal(original.Order(), keys);
        Assert.Equal(keys, items.Select(item => original[item]));
        Assert.Equal(count, items.Distinct().Count());
    }

    [Fact]
    public void Sort_OnceCancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => CancellableSort.Sort<int>(new double[10], new int[10], new CancellationToken(canceled: true)));
}
