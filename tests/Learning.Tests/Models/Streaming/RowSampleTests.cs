using Trainyard.Learning.Models.Streaming;

namespace Trainyard.Learning.Tests.Models.Streaming;

public sealed class RowSampleTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 7)]
    public void Take_FewRows_KeepsAll(int rows, int piece) =>
        Assert.Equal(Enumerable.Range(0, rows), Sampled(rows, piece, 64));

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(12345)]
    public void Take_ManyRows_KeepsOneOfEveryStretchWhateverThePieces(int rows)
    {
        int[] kept = Sampled(rows, 50, 64);

        Assert.InRange(kept.Length, 32, 63);
        int stride = 1;
        while (rows / stride >= 64)
        {
            stride *= 2;
        }

        Assert.Equal(Enumerable.Range(0, kept.Length), kept.Select(row => row / stride));
        Assert.InRange((rows / stride) - kept.Length, -1, 0);
        Assert.Equal(kept, Sampled(rows, 1, 64));
        Assert.Equal(kept, Sampled(rows, rows, 64));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(33)]
    public void Halve_AtAnyTime_LeavesRowsInOrderAndNoneTwice(int piece)
    {
        int[] kept = Sampled(500, piece, 64, halveEvery: 3);

        Assert.Equal(kept.Distinct().Order(), kept);
        Assert.NotEmpty(kept);
        Assert.All(kept, row => Assert.InRange(row, 0, 499));
    }

    private static int[] Sampled(int rows, int piece, int capacity, int halveEvery = int.MaxValue)
    {
        List<int> kept = [];
        int before = 0;
        RowSample sample = new(
            capacity,
            chosen => kept.AddRange(chosen.Select(row => before + row)),
            stay => kept = [.. stay.Select(index => kept[index])]);
        for (int pieces = 1; before < rows; pieces++)
        {
            int count = Math.Min(piece, rows - before);
            sample.Take(count);
            before += count;
            if (pieces % halveEvery == 0)
            {
                sample.Halve();
            }
        }

        Assert.Equal(sample.Count, kept.Count);
        return [.. kept];
    }
}
