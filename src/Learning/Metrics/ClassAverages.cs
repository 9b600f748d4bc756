namespace Trainyard.Learning.Metrics;

/// <summary>Averages of per-class metrics over the classes of a confusion matrix.</summary>
/// <remarks>
/// As scikit-learn's <c>average</c> parameter: classes that neither occur nor are predicted are left out of a macro
/// average, so that a class absent from a small test set does not pull it down.
/// </remarks>
public static class ClassAverages
{
    /// <summary>The unweighted mean of <paramref name="metric"/> over the classes that occur or are predicted.</summary>
    public static double Macro(ConfusionMatrix matrix, Func<int, double> metric) =>
        Mean(Enumerable.Range(0, matrix.ClassCount).Where(label => matrix.Support(label) + matrix.Predicted(label) > 0), metric);

    /// <summary>The mean of <paramref name="metric"/> over the classes, weighted by how often each occurs.</summary>
    public static double Weighted(ConfusionMatrix matrix, Func<int, double> metric) =>
        matrix.Total == 0 ? 0 : Enumerable.Range(0, matrix.ClassCount).Sum(label => metric(label) * matrix.Support(label)) / matrix.Total;

    /// <summary>The unweighted mean of the recalls of the classes that occur.</summary>
    public static double BalancedAccuracy(ConfusionMatrix matrix) =>
        Mean(Enumerable.Range(0, matrix.ClassCount).Where(label => matrix.Support(label) > 0), matrix.Recall);

    private static double Mean(IEnumerable<int> labels, Func<int, double> metric) =>
        labels.Select(metric).DefaultIfEmpty(0).Average();
}
