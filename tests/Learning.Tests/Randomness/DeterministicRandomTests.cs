using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Randomness;

public sealed class DeterministicRandomTests
{
    /// <summary>Test vector of the authors' C code for the state 1, 2, 3, 4.</summary>
    [Fact]
    public void NextUInt64_StateOfTheReferenceVector_GivesItsNumbers()
    {
        DeterministicRandom random = new(1, 2, 3, 4);

        ulong[] drawn = [.. Enumerable.Range(0, 10).Select(_ => random.NextUInt64())];

        Assert.Equal(
            [
                11520, 0, 1509978240, 1215971899390074240, 1216172134540287360,
                607988272756665600, 16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
            ],
            drawn);
    }

    /// <summary>First outputs of the authors' splitmix64.c for the seed 0.</summary>
    [Fact]
    public void SplitMix64_SeedZero_GivesTheReferenceNumbers()
    {
        SplitMix64 mixer = new(0);

        Assert.Equal([0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F], new[] { mixer.Next(), mixer.Next(), mixer.Next() });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public void NextInt_ManyDraws_StayInRangeAndSpreadEvenly(int bound)
    {
        DeterministicRandom random = new(7);
        int[] counts = new int[bound];
        int draws = 200 * bound;
        for (int draw = 0; draw < draws; draw++)
        {
            counts[random.NextInt(bound)]++;
        }

        double chiSquare = counts.Sum(count => (count - 200.0) * (count - 200.0) / 200.0);
        double sixDeviations = bound - 1 + (6 * Math.Sqrt(2.0 * bound));
        Assert.True(chiSquare <= sixDeviations, $"chi-square {chiSquare} of {bound - 1} degrees of freedom");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void NextInt_BoundBelowOne_IsRefused(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeterministicRandom(1).NextInt(bound));

    [Fact]
    public void NextDouble_ManyDraws_HaveTheMomentsOfTheUniform()
    {
        DeterministicRandom random = new(11);
        double[] drawn = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];

        Assert.All(drawn, value => Assert.InRange(value, 0, 1 - double.Epsilon));
        Assert.Equal(0.5, drawn.Average(), 0.005);
        Assert.Equal(1.0 / 12, drawn.Average(value => (value - 0.5) * (value - 0.5)), 0.002);
    }

    [Fact]
    public void NextGaussian_ManyDraws_HaveTheMomentsOfTheNormal()
    {
        DeterministicRandom random = new(13);
        double[] drawn = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextGaussian())];

        Assert.Equal(0, drawn.Average(), 0.015);
        Assert.Equal(1, drawn.Average(value => value * value), 0.03);
        Assert.Equal(3, drawn.Average(value => value * value * value * value), 0.2);
    }

    [Fact]
    public void Shuffle_AnyItems_IsAPermutationThatTheSeedRepeats()
    {
        int[] first = [.. Enumerable.Range(0, 100)];
        int[] second = [.. Enumerable.Range(0, 100)];

        new DeterministicRandom(5).Shuffle(first);
        new DeterministicRandom(5).Shuffle(second);

        Assert.Equal(first, second);
        Assert.Equal(Enumerable.Range(0, 100), first.Order());
        Assert.NotEqual(Enumerable.Range(0, 100), first);
    }

    [Fact]
    public void Shuffle_ThreeItems_GivesAllSixOrdersEvenly()
    {
        DeterministicRandom random = new(17);
        Dictionary<string, int> counts = [];
        for (int round = 0; round < 6000; round++)
        {
            int[] items = [0, 1, 2];
            random.Shuffle(items);
            string order = string.Join(',', items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void Fork_AfterDraws_IsTheSameAsBefore()
    {
        DeterministicRandom random = new(3);
        ulong before = random.Fork(2).NextUInt64();
        random.NextUInt64();

        Assert.Equal(before, random.Fork(2).NextUInt64());
    }

    [Fact]
    public void Fork_DifferentStreams_DrawDifferently()
    {
        DeterministicRandom random = new(3);

        ulong[] firsts = [.. Enumerable.Range(0, 1000).Select(stream => random.Fork((ulong)stream).NextUInt64()), random.NextUInt64()];

        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }
}
