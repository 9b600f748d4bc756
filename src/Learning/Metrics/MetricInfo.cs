namespace Trainyard.Learning.Metrics;

/// <summary>What is known of one metric before it is computed.</summary>
/// <param name="Name">Canonical snake-case name, for example <c>f1_macro</c>.</param>
/// <param name="Task">The task it measures.</param>
/// <param name="BiggerIsBetter">False for errors and losses.</param>
/// <param name="Minimum">Smallest value it can take, inclusive; may be negative infinity.</param>
/// <param name="Maximum">Largest value it can take, inclusive; may be positive infinity.</param>
/// <param name="Description">One sentence for a person.</param>
/// <param name="Aliases">Other names that <see cref="MetricCatalog"/> accepts.</param>
public sealed record MetricInfo(
    string Name,
    LearningTask Task,
    bool BiggerIsBetter,
    double Minimum,
    double Maximum,
    string Description,
    IReadOnlyList<string> Aliases)
{
    /// <summary>True when the metric can be asked of a task. A forecast is measured as any number is, and by what is its own.</summary>
    public bool Measures(LearningTask task) => Task == task || (task == LearningTask.Forecasting && Task == LearningTask.Regression);

    /// <summary>True when <paramref name="value"/> is a value that the metric can take, and so a sensible threshold.</summary>
    public bool Contains(double value) => double.IsFinite(value) && value >= Minimum && value <= Maximum;

    /// <summary>True when <paramref name="value"/> is at least as good as <paramref name="threshold"/>.</summary>
    public bool Meets(double value, double threshold) => BiggerIsBetter ? value >= threshold : value <= threshold;

    /// <summary>True when <paramref name="value"/> is strictly better than <paramref name="other"/>.</summary>
    public bool IsBetter(double value, double other) => BiggerIsBetter ? value > other : value < other;

    /// <summary>How much worse <paramref name="value"/> is than <paramref name="baseline"/>; negative when it is better.</summary>
    public double Drop(double baseline, double value) => BiggerIsBetter ? baseline - value : value - baseline;
}
