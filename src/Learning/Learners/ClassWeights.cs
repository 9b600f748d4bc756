namespace Trainyard.Learning.Learners;

/// <summary>Weights that make up for classes of different size.</summary>
public static class ClassWeights
{
    /// <summary>One weight per row: rows / (classes that occur × rows of its class), so that every class weighs the same and the mean is 1.</summary>
    /// <remarks>Source: King and Zeng, Logistic regression in rare events data, 2001; scikit-learn's <c>class_weight="balanced"</c>.</remarks>
    public static double[] Balanced(ReadOnlySpan<double> labels, int classCount)
    {
        int[] counts = new int[classCount];
        foreach (double label in labels)
        {
            counts[(int)label]++;
        }

        int occurring = counts.Count(count => count > 0);
        double[] weights = new double[labels.Length];
        for (int row = 0; row < weights.Length; row++)
        {
            weights[row] = weights.Length / ((double)occurring * counts[(int)labels[row]]);
        }

        return weights;
    }
}
