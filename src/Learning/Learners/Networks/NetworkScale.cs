using Trainyard.Learning.Data;

namespace Trainyard.Learning.Learners.Networks;

/// <summary>What is taken off, and divided by, before a network sees inputs and labels.</summary>
/// <param name="InputMean">Of all inputs alike.</param>
/// <param name="InputDeviation">Of all inputs alike, above 0.</param>
/// <param name="LabelMean">Of the labels.</param>
/// <param name="LabelDeviation">Of the labels, above 0.</param>
internal readonly record struct NetworkScale(double InputMean, double InputDeviation, double LabelMean, double LabelDeviation)
{
    /// <summary>Leaves everything as it is.</summary>
    public static NetworkScale None { get; } = new(0, 1, 0, 1);

    /// <summary>Leaves inputs as they are, and standardises labels that are numbers.</summary>
    public static NetworkScale Of(TrainingSet set)
    {
        if (set.Task == LearningTask.Classification)
        {
            return None;
        }

        (double mean, double deviation) = Statistics.MeanAndDeviation(set.Labels);
        return None with { LabelMean = mean, LabelDeviation = deviation > 0 ? deviation : 1 };
    }

    public bool IsSound => double.IsFinite(InputMean) && double.IsFinite(InputDeviation) && InputDeviation > 0
        && double.IsFinite(LabelMean) && double.IsFinite(LabelDeviation) && LabelDeviation > 0;

    /// <summary>Scales a row; a missing value counts as the mean.</summary>
    public void Apply(ReadOnlySpan<double> row, Span<double> input)
    {
        for (int index = 0; index < row.Length; index++)
        {
            double value = (row[index] - InputMean) / InputDeviation;
            input[index] = double.IsNaN(value) ? 0 : value;
        }
    }

    public double Label(double output) => LabelMean + (LabelDeviation * output);
}
