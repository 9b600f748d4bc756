using System.Runtime.CompilerServices;
using System.Text.Json;
using Trainyard.Domain.Evidence;
using Trainyard.Learning.Randomness;

namespace Trainyard.Domain.Tests.Evidence;

/// <summary>Against scipy: <c>Witness/comparisons.py</c> made the file. That bounds hold at all moments at once is simulated.</summary>
public sealed class ComparisonTests
{
    private const double Alpha = 0.05;
    private static readonly JsonElement Witness = Read();

    [Fact]
    public void DifferenceSequence_IsScipys() => Assert.All(Witness.GetProperty("differences").EnumerateArray(), each =>
    {
        double[] numbers = [.. each.EnumerateArray().Select(number => number.GetDouble())];
        (BoundedSum first, BoundedSum second) = (new(numbers[0], (long)numbers[1]), new(numbers[2], (long)numbers[3]));

        Interval bounds = DifferenceSequence.Of(first, second, numbers[4]);

        Assert.Equal(numbers[5], bounds.Lower, 1e-6);
        Assert.Equal(numbers[6], bounds.Upper, 1e-6);
        Assert.True(DifferenceSequence.Covers(first, second, (bounds.Lower * 0.999) + (0.001 * (first.Mean - second.Mean)), numbers[4]));
        Assert.True(bounds.Lower <= -1 || !DifferenceSequence.Covers(first, second, bounds.Lower - 1e-6, numbers[4]));
    });

    [Fact]
    public void DifferenceSequence_OfNothing_IsAnything() =>
        Assert.Equal(new Interval(-1, 1), DifferenceSequence.Of(new BoundedSum(0, 0), new BoundedSum(5, 10), Alpha));

    [Fact]
    public void DifferenceSequence_OfTwo_IsTheSecondLessTheFirstTurnedRound()
    {
        Interval one = DifferenceSequence.Of(new BoundedSum(30, 100), new BoundedSum(50, 120), Alpha);
        Interval other = DifferenceSequence.Of(new BoundedSum(50, 120), new BoundedSum(30, 100), Alpha);
        Assert.Equal(-one.Upper, other.Lower, 1e-9);
        Assert.Equal(-one.Lower, other.Upper, 1e-9);
    }

    [Fact]
    public void DifferenceSequence_IsNarrowerThanTwoIntervals()
    {
        Interval both = DifferenceSequence.Of(new BoundedSum(520, 1000), new BoundedSum(450, 1000), Alpha);
        (Interval first, Interval second) = (ShareSequence.Of(520, 1000, Alpha / 2), ShareSequence.Of(450, 1000, Alpha / 2));
        Assert.InRange((both.Upper - both.Lower) / (first.Upper - second.Lower - (first.Lower - second.Upper)), 0.75, 0.9);
    }

    // Somebody looks after every single value; a fixed test at 5 % would be wrong in more than a third of these.
    [Theory]
    [InlineData(0.05, 0.05)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.3, 0.4)]
    public void DifferenceSequence_LookedAtAllTheTime_IsSeldomEverWrongOfShares(double first, double second) =>
        Assert.InRange(EverWrong(random => random.NextDouble() < first ? 1 : 0, random => random.NextDouble() < second ? 1 : 0, first - second), 0, Alpha);

    [Fact]
    public void DifferenceSequence_LookedAtAllTheTime_IsSeldomEverWrongOfMeansOfBoundedValues() => Assert.InRange(
        EverWrong(random => Math.Pow(random.NextDouble(), 2), random => random.NextDouble(), (1.0 / 3) - 0.5), 0, Alpha);

    [Fact]
    public void DifferenceSequence_OfADifference_ProvesItInTheEnd()
    {
        DeterministicRandom random = new(17);
        (BoundedSum first, BoundedSum second) = (default, default);
        for (int value = 0; value < 5_000; value++)
        {
            first = first.With(random.NextDouble() < 0.5 ? 1 : 0);
            second = second.With(random.NextDouble() < 0.4 ? 1 : 0);
        }

        Interval bounds = DifferenceSequence.Of(first, second, Alpha);
        Assert.InRange(bounds.Lower, 0.03, 0.1);
        Assert.InRange(bounds.Upper, 0.1, 0.17);
    }

    [Fact]
    public void SampleRatio_IsScipys() => Assert.All(Witness.GetProperty("ratios").EnumerateArray(), each =>
    {
        long[] counts = [.. each[0].EnumerateArray().Select(count => count.GetInt64())];
        double[] shares = [.. each[1].EnumerateArray().Select(share => share.GetDouble())];
        double expected = each[2].GetDouble();
        Assert.Equal(expected, SampleRatio.PValue(counts, shares), Math.Max(1e-15, 1e-6 * expected));
    });

    [Fact]
    public void SampleRatio_LookedAtAllTheTime_IsSeldomEverWrong()
    {
        const int Runs = 2_000;
        DeterministicRandom random = new(23);
        int wrong = 0;
        for (int run = 0; run < Runs; run++)
        {
            long[] counts = [0, 0];
            bool isWrong = false;
            for (int unit = 0; unit < 500 && !isWrong; unit++)
            {
                counts[random.NextDouble() < 0.8 ? 0 : 1]++;
                isWrong = SampleRatio.PValue(counts, [0.8, 0.2]) < Alpha;
            }

            wrong += isWrong ? 1 : 0;
        }

        Assert.InRange(wrong / (double)Runs, 0, Alpha);
    }

    private static double EverWrong(Func<DeterministicRandom, double> first, Func<DeterministicRandom, double> second, double difference)
    {
        const int Runs = 400;
        DeterministicRandom random = new(11);
        int wrong = 0;
        for (int run = 0; run < Runs; run++)
        {
            (BoundedSum one, BoundedSum other) = (default, default);
            bool isWrong = false;
            for (int value = 0; value < 400 && !isWrong; value++)
            {
                one = one.With(first(random));
                isWrong = !DifferenceSequence.Covers(one, other, difference, Alpha);
                other = other.With(second(random));
                isWrong |= !DifferenceSequence.Covers(one, other, difference, Alpha);
            }

            wrong += isWrong ? 1 : 0;
        }

        return wrong / (double)Runs;
    }

    private static JsonElement Read([CallerFilePath] string here = "") =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(here)!, "Witness", "comparisons.json"))).RootElement;
}
