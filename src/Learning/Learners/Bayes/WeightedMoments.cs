namespace Trainyard.Learning.Learners.Bayes;

/// <summary>Mean and variance (divisor: the weight) of one feature within each class, over the rows where it is not missing; 0 where a class has none.</summary>
internal sealed class WeightedMoments
{
    public WeightedMoments(ReadOnlySpan<double> values, double[] weights, double[] labels, int classCount)
    {
        Means = new double[classCount];
        Variances = new double[classCount];
        double[] totals = new double[classCount];
        for (int row = 0; row < values.Length; row++)
        {
            if (!double.IsNaN(values[row]))
            {
                totals[(int)labels[row]] += weights[row];
                Means[(int)labels[row]] += weights[row] * values[row];
            }
        }

        Divide(Means, totals);
        for (int row = 0; row < values.Length; row++)
        {
            int label = (int)labels[row];
            double distance = values[row] - Means[label];
            Variances[label] += double.IsNaN(distance) ? 0 : weights[row] * distance * distance;
        }

        Divide(Variances, totals);
    }

    public double[] Means { get; }

    public double[] Variances { get; }

    private static void Divide(double[] sums, double[] totals)
    {
        for (int label = 0; label < sums.Length; label++)
        {
            sums[label] = totals[label] > 0 ? sums[label] / totals[label] : 0;
        }
    }
}
