namespace Trainyard.Learning.Learners.Bayes;

/// <summary>Prior probabilities: the classes' shares of the weight.</summary>
internal static class ClassShares
{
    public static double[] Of(double[] labels, double[] weights, int classCount)
    {
        double[] shares = new double[classCount];
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            shares[(int)labels[row]] += weights[row];
            total += weights[row];
        }

        return Array.ConvertAll(shares, share => share / total);
    }
}
