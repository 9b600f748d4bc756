namespace Trainyard.Learning.Explanations;

/// <summary>Means and standard errors of numbers that come one draw at a time.</summary>
/// <remarks>Source: Welford, Note on a method for calculating corrected sums of squares and products, Technometrics 4, 1962.</remarks>
/// <param name="width">Numbers per draw.</param>
internal sealed class SampleMean(int width)
{
    private readonly double[] means = new double[width];
    private readonly double[] squares = new double[width];
    private int count;

    public void Add(ReadOnlySpan<double> draw)
    {
        count++;
        for (int index = 0; index < means.Length; index++)
        {
            double difference = draw[index] - means[index];
            means[index] += difference / count;
            squares[index] += difference * (draw[index] - means[index]);
        }
    }

    /// <summary>The means, and their standard errors: the sample's standard deviation over √n.</summary>
    public void Write(Span<double> mean, Span<double> standardError)
    {
        means.CopyTo(mean);
        for (int index = 0; index < squares.Length; index++)
        {
            standardError[index] = Math.Sqrt(squares[index] / (count - 1) / count);
        }
    }
}
