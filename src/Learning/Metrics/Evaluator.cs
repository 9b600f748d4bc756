using System.Collections.ObjectModel;

namespace Trainyard.Learning.Metrics;

/// <summary>Turns predictions and true labels into an <see cref="Evaluation"/>.</summary>
public static class Evaluator
{
    /// <summary>Evaluates probabilities of classes.</summary>
    /// <param name="labels">The true class index of each row, as training sets hold them.</param>
    /// <param name="probabilities">Row-major, one value per class and row. The most probable class is the prediction; the first of equals.</param>
    /// <param name="classes">The class labels, at least 2.</param>
    /// <exception cref="LearningException"><c>no_rows</c>.</exception>
    /// <exception cref="ArgumentException">The lengths disagree.</exception>
    public static Evaluation Classification(ReadOnlySpan<double> labels, ReadOnlySpan<double> probabilities, IReadOnlyList<string> classes)
    {
        Check(labels.Length, probabilities.Length, classes.Count);
        int[] actual = new int[labels.Length];
        int[] predicted = new int[labels.Length];
        for (int row = 0; row < actual.Length; row++)
        {
            actual[row] = (int)labels[row];
            predicted[row] = MostProbable(probabilities.Slice(row * classes.Count, classes.Count));
        }

        ConfusionMatrix matrix = ConfusionMatrix.Count(actual, predicted, classes.Count);
        SortedDictionary<string, double> metrics = ConfusionMetrics(matrix);
        metrics[MetricNames.LogLoss] = LogLoss.Mean(actual, probabilities, classes.Count);
        metrics[MetricNames.BrierScore] = BrierScore.Mean(actual, probabilities, classes.Count);
        Add(metrics, MetricNames.RocAuc, RocAuc.OneVersusRest(actual, probabilities, classes.Count));
        ClassMetrics[] table = [.. classes.Select((label, index) => new ClassMetrics(label, matrix.Precision(index), matrix.Recall(index), matrix.F1(index), matrix.Support(index)))];
        return new Evaluation(LearningTask.Classification, labels.Length, new ReadOnlyDictionary<string, double>(metrics), table, matrix.ToRows());
    }

    /// <summary>Evaluates predicted numbers.</summary>
    /// <param name="labels">The true number of each row.</param>
    /// <param name="predictions">One value per row.</param>
    /// <exception cref="LearningException"><c>no_rows</c>.</exception>
    /// <exception cref="ArgumentException">The lengths disagree.</exception>
    public static Evaluation Regression(ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions)
    {
        Check(labels.Length, predictions.Length, 1);
        SortedDictionary<string, double> metrics = new(StringComparer.Ordinal);
        Add(metrics, MetricNames.Rmse, RegressionErrors.Rmse(labels, predictions));
        Add(metrics, MetricNames.Mae, RegressionErrors.Mae(labels, predictions));
        Add(metrics, MetricNames.Mape, RegressionErrors.Mape(labels, predictions));
        Add(metrics, MetricNames.Smape, ForecastErrors.Smape(labels, predictions));
        Add(metrics, MetricNames.R2, RegressionErrors.R2(labels, predictions));
        return new Evaluation(LearningTask.Regression, labels.Length, new ReadOnlyDictionary<string, double>(metrics), [], []);
    }

    /// <summary>Evaluates whatever is compared with labels: all tasks but clustering.</summary>
    /// <param name="task">What was predicted.</param>
    /// <param name="labels">As of <see cref="Classification"/>, <see cref="Regression"/> or <see cref="Anomalies"/>.</param>
    /// <param name="outputs">Row-major, the outputs of each row.</param>
    /// <param name="classes">The labels in the order of the outputs; empty for regression.</param>
    /// <exception cref="LearningException"><c>no_rows</c>.</exception>
    /// <exception cref="ArgumentException">The lengths disagree, or the task has no labels to compare with.</exception>
    public static Evaluation Labelled(LearningTask task, ReadOnlySpan<double> labels, ReadOnlySpan<double> outputs, IReadOnlyList<string> classes) => task switch
    {
        LearningTask.Classification => Classification(labels, outputs, classes),
        LearningTask.Regression => Regression(labels, outputs),
        LearningTask.AnomalyDetection => Anomalies(labels, outputs, classes),
        _ => throw new ArgumentException($"{task} has no labels to compare with.", nameof(task)),
    };

    /// <summary>Evaluates anomaly scores.</summary>
    /// <param name="labels">0 for a normal row and 1 for an anomaly; empty when that is not known.</param>
    /// <param name="outputs">Row-major, two values per row, the second above one half for an anomaly.</param>
    /// <param name="classes">What normal rows and anomalies are called.</param>
    /// <exception cref="LearningException"><c>no_rows</c>.</exception>
    public static Evaluation Anomalies(ReadOnlySpan<double> labels, ReadOnlySpan<double> outputs, IReadOnlyList<string> classes)
    {
        int rows = outputs.Length / classes.Count;
        Check(rows, outputs.Length, classes.Count);
        double[] scores = new double[rows];
        int flagged = 0;
        for (int row = 0; row < rows; row++)
        {
            scores[row] = outputs[(row * classes.Count) + 1];
            flagged += MostProbable(outputs.Slice(row * classes.Count, classes.Count));
        }

        SortedDictionary<string, double> metrics = new(StringComparer.Ordinal) { [MetricNames.FlaggedShare] = (double)flagged / rows };
        if (labels.IsEmpty)
        {
            return new Evaluation(LearningTask.AnomalyDetection, rows, new ReadOnlyDictionary<string, double>(metrics), [], []);
        }

        Evaluation compared = Classification(labels, outputs, classes);
        metrics[MetricNames.AnomalyF1] = compared.Classes[1].F1;
        Add(metrics, MetricNames.AnomalyAuc, RocAuc.Binary(Array.ConvertAll(labels.ToArray(), label => label == 1), scores));
        return compared with { Task = LearningTask.AnomalyDetection, Metrics = new ReadOnlyDictionary<string, double>(metrics) };
    }

    /// <summary>Evaluates clusters by the rows in them.</summary>
    /// <param name="values">Row-major, <paramref name="width"/> features per row, as the model sees them.</param>
    /// <param name="width">Features of a row.</param>
    /// <param name="outputs">Row-major, one value per cluster and row.</param>
    /// <param name="clusterCount">At least 1.</param>
    /// <param name="inertia">The sum of squared distances to the centres; null when there are no centres.</param>
    /// <exception cref="LearningException"><c>no_rows</c>.</exception>
    public static Evaluation Clusters(ReadOnlySpan<double> values, int width, ReadOnlySpan<double> outputs, int clusterCount, double? inertia)
    {
        int rows = outputs.Length / clusterCount;
        Check(rows, outputs.Length, clusterCount);
        int[] clusters = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            clusters[row] = MostProbable(outputs.Slice(row * clusterCount, clusterCount));
        }

        SortedDictionary<string, double> metrics = new(StringComparer.Ordinal);
        Add(metrics, MetricNames.Silhouette, Silhouette.Mean(values, width, clusters));
        Add(metrics, MetricNames.Inertia, inertia);
        return new Evaluation(LearningTask.Clustering, rows, new ReadOnlyDictionary<string, double>(metrics), [], []);
    }

    /// <summary>The index of the largest value; the first of equals.</summary>
    public static int MostProbable(ReadOnlySpan<double> probabilities)
    {
        int best = 0;
        for (int index = 1; index < probabilities.Length; index++)
        {
            if (probabilities[index] > probabilities[best])
            {
                best = index;
            }
        }

        return best;
    }

    private static SortedDictionary<string, double> ConfusionMetrics(ConfusionMatrix matrix) => new(StringComparer.Ordinal)
    {
        [MetricNames.Accuracy] = matrix.Accuracy(),
        [MetricNames.BalancedAccuracy] = ClassAverages.BalancedAccuracy(matrix),
        [MetricNames.PrecisionMacro] = ClassAverages.Macro(matrix, matrix.Precision),
        [MetricNames.RecallMacro] = ClassAverages.Macro(matrix, matrix.Recall),
        [MetricNames.F1Macro] = ClassAverages.Macro(matrix, matrix.F1),
        [MetricNames.PrecisionWeighted] = ClassAverages.Weighted(matrix, matrix.Precision),
        [MetricNames.RecallWeighted] = ClassAverages.Weighted(matrix, matrix.Recall),
        [MetricNames.F1Weighted] = ClassAverages.Weighted(matrix, matrix.F1),
    };

    private static void Add(SortedDictionary<string, double> metrics, string name, double? value)
    {
        // Predictions beyond double's range would make infinities, which JSON cannot carry.
        if (value is { } defined && double.IsFinite(defined))
        {
            metrics[name] = defined;
        }
    }

    private static void Check(int rows, int outputs, int width)
    {
        if (rows == 0)
        {
            throw new LearningException("no_rows", "There are no rows to evaluate; hold out at least one.");
        }

        if (outputs != rows * width)
        {
            throw new ArgumentException($"{rows} rows of {width} outputs need {rows * width} values, not {outputs}.", nameof(outputs));
        }
    }
}
