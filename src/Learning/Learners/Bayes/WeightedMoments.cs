using System.Runtime.CompilerServices;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Bayes;

/// <summary>Mean and variance (divisor: the weight) of one feature within each class, over the rows where it is not missing; 0 where a class has none.</summary>
internal sealed class WeightedMoments
{
    private readonly double[] totals;

    public WeightedMoments(ReadOnlySpan<double> values, double[] weights, int[] classes, int classCount)
    {
        Means = new double[classCount];
        Variances = new double[classCount];
        totals = new double[classCount];
        AddUp(values, weights, classes);
        Divide(Means, totals);
        AddSquares(values, weights, classes);
        Divide(Variances, totals);
    }

    public double[] Means { get; }

    public double[] Variances { get; }

    /// <summary>The variance within all classes together: that within each and that of their means.</summary>
    public double Spread()
    {
        double total = Vectors.Sum(totals);
        double mean = total > 0 ? Vectors.Dot(Means, totals) / total : 0;
        double sum = 0;
        for (int label = 0; label < totals.Length; label++)
        {
            sum += totals[label] * (Variances[label] + ((Means[label] - mean) * (Means[label] - mean)));
        }

        return total > 0 ? sum / total : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddUp(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, ReadOnlySpan<int> classes)
    {
        weights = weights[..values.Length];
        classes = classes[..values.Length];
        for (int row = 0; row < values.Length; row++)
        {
            double weight = double.IsNaN(values[row]) ? 0 : weights[row];
            totals[classes[row]] += weight;
            Means[classes[row]] += weight == 0 ? 0 : weight * values[row];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSquares(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, ReadOnlySpan<int> classes)
    {
        weights = weights[..values.Length];
        classes = classes[..values.Length];
        for (int row = 0; row < values.Length; row++)
        {
            double distance = values[row] - Means[classes[row]];
            Variances[classes[row]] += double.IsNaN(distance) ? 0 : weights[row] * distance * distance;
        }
    }

    private static void Divide(double[] sums, double[] totals)
    {
        for (int label = 0; label < sums.Length; label++)
        {
            sums[label] = totals[label] > 0 ? sums[label] / totals[label] : 0;
        }
    }
}
