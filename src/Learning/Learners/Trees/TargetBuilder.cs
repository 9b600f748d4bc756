namespace Trainyard.Learning.Learners.Trees;

/// <summary>The targets of plain trees: class membership or the centred label.</summary>
internal static class TargetBuilder
{
    /// <summary>Fractions of classes, so that splits reduce the Gini impurity; or distances from <paramref name="center"/>, so that they reduce the squared error.</summary>
    /// <param name="set">Rows and labels.</param>
    /// <param name="weights">One weight per row; rows drawn k times weigh k times.</param>
    /// <param name="center">Subtracted from numeric labels, which keeps the sums small.</param>
    public static Targets Of(TrainingSet set, double[] weights, double center)
    {
        int width = set.Task == LearningTask.Classification ? set.ClassCount : 1;
        double[] pulls = new double[weights.Length * width];
        for (int row = 0; row < weights.Length; row++)
        {
            if (set.Task == LearningTask.Classification)
            {
                pulls[(row * width) + (int)set.Labels[row]] = weights[row];
            }
            else
            {
                pulls[row] = weights[row] * (set.Labels[row] - center);
            }
        }

        return new Targets(width, pulls, weights);
    }

    /// <summary>The weighted mean of numeric labels; 0 for classes.</summary>
    public static double Center(TrainingSet set)
    {
        if (set.Task == LearningTask.Classification)
        {
            return 0;
        }

        double[] weights = Weights(set);
        double sum = 0;
        double total = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            sum += weights[row] * set.Labels[row];
            total += weights[row];
        }

        return sum / total;
    }

    /// <summary>The weights of the rows; 1 each when none are given.</summary>
    public static double[] Weights(TrainingSet set)
    {
        if (set.Weights is { } given)
        {
            return given;
        }

        double[] ones = new double[set.Features.RowCount];
        Array.Fill(ones, 1);
        return ones;
    }
}
