namespace Trainyard.Learning.Learners;

/// <summary>Refuses a fit whose memory would pass the bound, before any of it is allocated.</summary>
/// <remarks>Learners count what they certainly need beside the training set, so that nothing is refused that would fit.</remarks>
internal static class FitMemory
{
    /// <summary>Checks what a learner needs.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="set">What it is to learn from.</param>
    /// <param name="options">The bound.</param>
    /// <param name="numbers">Numbers of 8 bytes at least that it holds at once.</param>
    /// <param name="longest">Numbers of its longest single list.</param>
    /// <exception cref="LearningException"><c>fit_too_large</c>.</exception>
    public static void Check(ILearner learner, TrainingSet set, FitOptions options, double numbers, double longest = 0)
    {
        double bytes = numbers * sizeof(double);
        if (bytes <= options.MaximumBytes && longest <= Array.MaxLength)
        {
            return;
        }

        string size = $"{set.Features.RowCount} rows, {set.Features.FeatureCount} features{(set.Task == LearningTask.Classification ? $" and {set.ClassCount} classes" : "")}";
        string bound = bytes > options.MaximumBytes
            ? $"needs at least {InMegabytes(bytes)} MB, and {InMegabytes(options.MaximumBytes)} MB are allowed"
            : $"needs a list of {longest:F0} numbers, and the longest possible has {Array.MaxLength}";
        throw new LearningException("fit_too_large", $"Learner '{learner.Name}' on {size} {bound}. Take fewer rows, columns or classes, other settings or another learner, or allow more.", nameof(FitOptions.MaximumBytes));
    }

    private static string InMegabytes(double bytes)
    {
        const int megabyte = 1 << 20;
        return Math.Ceiling(bytes / megabyte).ToString("F0", System.Globalization.CultureInfo.InvariantCulture);
    }
}
