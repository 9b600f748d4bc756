using System.Runtime.CompilerServices;
using System.Text.Json;
using Trainyard.Domain.Evidence;
using Trainyard.Learning.Randomness;

namespace Trainyard.Domain.Tests.Evidence;

/// <summary>Against scipy and numpy: <c>Witness/evidence.py</c> made the file.</summary>
public sealed class EvidenceTests
{
    private static readonly JsonElement Witness = Read();

    [Fact]
    public void LogGamma_IsScipys() => Assert.All(
        Witness.GetProperty("log_gamma").EnumerateArray(),
        each => Assert.Equal(each[1].GetDouble(), LogGamma.Of(each[0].GetDouble()), 1e-12 * Math.Max(1, Math.Abs(each[1].GetDouble()))));

    [Fact]
    public void ShareSequence_IsScipys() => Assert.All(Witness.GetProperty("shares").EnumerateArray(), each =>
    {
        Interval bounds = ShareSequence.Of(each[0].GetInt64(), each[1].GetInt64(), each[2].GetDouble());
        Assert.Equal(each[3].GetDouble(), bounds.Lower, 1e-9);
        Assert.Equal(each[4].GetDouble(), bounds.Upper, 1e-9);
    });

    [Fact]
    public void ShareSequence_OfNothing_IsEverything() => Assert.Equal(new Interval(0, 1), ShareSequence.Of(0, 0, 0.05));

    [Fact]
    public void ShareSequence_LookedAtAfterEveryCall_IsWrongNoMoreOftenThanItSays()
    {
        const int Runs = 400;
        const int Calls = 300;
        const double Share = 0.1;
        DeterministicRandom random = new(7);
        int wrong = 0;
        for (int run = 0; run < Runs; run++)
        {
            int hits = 0;
            bool everOutside = false;
            for (int call = 1; call <= Calls && !everOutside; call++)
            {
                hits += random.NextDouble() < Share ? 1 : 0;
                Interval bounds = ShareSequence.Of(hits, call, 0.05);
                everOutside = Share < bounds.Lower || Share > bounds.Upper;
            }

            wrong += everOutside ? 1 : 0;
        }

        Assert.InRange(wrong, 0, Runs / 20);
    }

    [Fact]
    public void PopulationStability_IsNumpys() => Assert.All(
        Witness.GetProperty("stability").EnumerateArray(),
        each => Assert.Equal(each[2].GetDouble(), PopulationStability.Of(Counts(each[0]), Counts(each[1])), 1e-12));

    [Fact]
    public void DistributionBand_ByHand_IsWhatTheTheoremSays()
    {
        Assert.Equal(0.85 * Math.Sqrt((Math.Log(1 + Math.Log(1000)) + (0.8 * Math.Log(161_200))) / 1000), DistributionBand.Of(1000, 0.01), 1e-12);
        Assert.Equal(1, DistributionBand.Of(0, 0.01));
        Assert.Equal(1, DistributionBand.Of(3, 0.01));
    }

    [Fact]
    public void NumberCounts_InAnyOrderAndOnAnyHosts_AddUpToTheSame()
    {
        DeterministicRandom random = new(11);
        double[] values = [.. Enumerable.Range(0, 5_000).Select(_ => random.NextGaussian() * Math.Pow(10, random.NextInt(6) - 2))];
        NumberCounts all = new();
        Array.ForEach(values, all.Add);
        NumberCounts[] hosts = [new(), new(), new()];
        for (int index = values.Length - 1; index >= 0; index--)
        {
            hosts[index % hosts.Length].Add(values[index]);
        }

        NumberCounts sum = new();
        Array.ForEach(hosts, sum.Add);

        Assert.Equal((all.Total, 5_000), (sum.Total, all.Total));
        Assert.InRange(all.Cells.Count, 100, NumberCounts.MaxCells);
        (long[] first, long[] second) = NumberCounts.Align(all, sum);
        Assert.Equal(first, second);
    }

    [Fact]
    public void NumberCounts_OfBothSigns_AreInTheOrderOfTheNumbers()
    {
        NumberCounts counts = new();
        double[] values = [-1000, -1, -0.001, -0.0, 0, 0.001, 1, 1000];
        foreach (double value in values)
        {
            counts.Add(value);
        }

        counts.Add(double.NaN);
        counts.Add(double.PositiveInfinity);
        NumberCounts least = new();
        least.Add(-1000);

        Assert.Equal((8, 7), (counts.Total, counts.Cells.Count));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0], NumberCounts.Align(counts, least).Second);
    }

    [Fact]
    public void OutputStability_OfShiftedNumbers_RisesWithTheShift()
    {
        Assert.InRange(OfShift(0), 0, 0.02);
        Assert.InRange(OfShift(0.2), 0.02, 0.1);
        Assert.InRange(OfShift(1), 0.25, 2);
    }

    private static double OfShift(double shift)
    {
        DeterministicRandom random = new(5);
        OutputCounts first = new();
        OutputCounts second = new();
        for (int index = 0; index < 5_000; index++)
        {
            first.Add(2_000 + random.NextGaussian());
            second.Add(2_000 + shift + random.NextGaussian());
        }

        return OutputStability.Of(first, second);
    }

    private static long[] Counts(JsonElement list) => [.. list.EnumerateArray().Select(count => count.GetInt64())];

    private static JsonElement Read([CallerFilePath] string here = "") =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(here)!, "Witness", "evidence.json"))).RootElement;
}
