using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Tests.Learners;

public sealed class RowSampleTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 7)]
    public void Take_FewRows_KeepsAll(int rows, int piece)
    {
        RowSample sample = Sampled(rows, piece, 64);

        Assert.Equal(Enumerable.Range(0, rows).Select(row => (double)row), sample.Column(0).ToArray());
        Assert.Equal(Enumerable.Range(0, rows).Select(row => -(double)row), sample.Column(1).ToArray());
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(12345)]
    public void Take_ManyRows_KeepsOneOfEveryStretchWhateverThePieces(int rows)
    {
        double[] kept = Sampled(rows, 50, 64).Column(0).ToArray();

        Assert.InRange(kept.Length, 32, 63);
        int stride = 1;
        while (rows / stride >= 64)
        {
            stride *= 2;
        }

        Assert.Equal(Enumerable.Range(0, kept.Length), kept.Select(row => (int)row / stride));
        Assert.InRange((rows / stride) - kept.Length, -1, 0);
        Assert.Equal(kept, Sampled(rows, 1, 64).Column(0).ToArray());
        Assert.Equal(kept, Sampled(rows, rows, 64).Column(0).ToArray());
    }

    private static RowSample Sampled(int rows, int piece, int capacity)
    {
        RowSample sample = new(2, capacity);
        for (int start = 0; start < rows; start += piece)
        {
            double[] values = [.. Enumerable.Range(start, Math.Min(piece, rows - start)).Select(row => (double)row)];
            sample.Take([values, Array.ConvertAll(values, value => -value)]);
        }

        return sample;
    }
}
