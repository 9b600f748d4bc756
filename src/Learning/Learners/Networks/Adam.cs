namespace Trainyard.Learning.Learners.Networks;

/// <summary>Steps whose length follows the mean and the spread of past derivatives. Mutable.</summary>
/// <remarks>Source: Kingma and Ba, Adam: a method for stochastic optimization, 2015, algorithm 1 with its defaults.</remarks>
internal sealed class Adam(int size)
{
    private const double MeanDecay = 0.9;
    private const double SquareDecay = 0.999;
    private const double Epsilon = 1e-8;

    /// <summary>Running means of the derivatives.</summary>
    public double[] Means { get; } = new double[size];

    /// <summary>Running means of their squares.</summary>
    public double[] Squares { get; } = new double[size];

    /// <summary>Steps taken.</summary>
    public int Steps { get; set; }

    public void Step(Span<double> parameters, ReadOnlySpan<double> slopes, double learningRate)
    {
        Steps++;
        double rate = learningRate * Math.Sqrt(1 - Math.Pow(SquareDecay, Steps)) / (1 - Math.Pow(MeanDecay, Steps));
        for (int index = 0; index < parameters.Length; index++)
        {
            double slope = slopes[index];
            Means[index] += (1 - MeanDecay) * (slope - Means[index]);
            Squares[index] += (1 - SquareDecay) * ((slope * slope) - Squares[index]);
            parameters[index] -= rate * Means[index] / (Math.Sqrt(Squares[index]) + Epsilon);
        }
    }
}
