using System.Globalization;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;

namespace Trainyard.Benchmarks.Accuracy;

/// <summary>Scores of a model on rows, by the metrics that the peers are scored by.</summary>
internal static class Measures
{
    private const double Rounding = 1e-15;
    private const double High = 0.9;

    /// <summary>Before the residual at which the loss turns linear.</summary>
    private const string HuberPrefix = "huber_";

    public static bool IsHigherBetter(string metric) => metric is "roc_auc" or "r2" or "accuracy";

    /// <summary>The score; null where these rows leave it undefined.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="model">The model, of which inertia is asked.</param>
    /// <param name="rows">The rows with their labels.</param>
    /// <param name="outputs">Row-major, what the model says of them.</param>
    public static double? Of(string metric, IModel model, TrainingSet rows, double[] outputs)
    {
        double[] labels = rows.Labels;
        return metric switch
        {
            "roc_auc" => Area(labels, outputs, model.OutputCount),
            "log_loss" => labels.Select((label, row) => -Math.Log(Math.Clamp(outputs[(row * model.OutputCount) + (int)label], Rounding, 1))).Average(),
            "rmse" => RegressionErrors.Rmse(labels, outputs),
            "mae" => RegressionErrors.Mae(labels, outputs),
            "r2" => labels.Length > 1 ? RegressionErrors.R2(labels, outputs) : null,
            "pinball_90" => labels.Select((label, row) => Pinball(label - outputs[row])).Average(),
            "poisson_deviance" => labels.Select((label, row) => Deviance(label, outputs[row])).Average(),
            "inertia" => Inertia((IClusterModel)model, rows),
            _ when metric.StartsWith(HuberPrefix, StringComparison.Ordinal) => Huber(labels, outputs, double.Parse(metric.AsSpan(HuberPrefix.Length), CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException($"There is no measure '{metric}'.", nameof(metric)),
        };
    }

    private static double? Area(double[] labels, double[] outputs, int width)
    {
        int[] actual = Array.ConvertAll(labels, label => (int)label);
        return Enumerable.Range(0, width).All(actual.Contains) ? RocAuc.OneVersusRest(actual, outputs, width) : null;
    }

    private static double Pinball(double residual) => residual >= 0 ? High * residual : (High - 1) * residual;

    private static double Huber(double[] labels, double[] outputs, double delta) =>
        labels.Zip(outputs, (label, output) => Math.Abs(label - output)).Average(size => size <= delta ? size * size / 2 : delta * (size - (delta / 2)));

    private static double Deviance(double label, double mean) => 2 * ((label > 0 ? label * Math.Log(label / mean) : 0) - label + mean);

    private static double Inertia(IClusterModel model, TrainingSet set)
    {
        double[] row = new double[set.Features.FeatureCount];
        double sum = 0;
        for (int index = 0; index < set.Features.RowCount; index++)
        {
            set.Features.CopyRow(index, row);
            sum += model.SquaredDistance(row);
        }

        return sum;
    }
}
