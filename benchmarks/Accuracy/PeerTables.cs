using System.Text.Json;
using Trainyard.Learning;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;

namespace Trainyard.Benchmarks.Accuracy;

/// <summary>Reads tables and cuts training sets out of them.</summary>
internal static class PeerTables
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static T Read<T>(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return JsonSerializer.Deserialize<T>(stream, Options)!;
    }

    /// <summary>The rows on which a fold is scored, or those that are fitted on.</summary>
    public static int[] Rows(this PeerTable table, int seed, int fold, bool isHeld)
    {
        int[] rows = [.. Enumerable.Range(0, table.Labels.Length)];
        int[] folds = table.Folds[seed];
        return table.FoldCount == 0 ? rows : Array.FindAll(rows, row => folds[row] >= 0 && folds[row] == fold == isHeld);
    }

    public static TrainingSet Select(this PeerTable table, int[] rows)
    {
        FeatureInfo[] features = [.. table.Cardinalities.Select((cardinality, index) => new FeatureInfo($"x{index}", $"x{index}", cardinality > 0 ? FeatureKind.Category : FeatureKind.Number, cardinality))];
        double[][] columns = Array.ConvertAll(table.Columns, column => Array.ConvertAll(rows, row => column[row] ?? double.NaN));
        return new TrainingSet(new FeatureMatrix(features, columns, rows.Length), Array.ConvertAll(rows, row => table.Labels[row]), TaskOf(table), table.Classes)
        {
            Weights = table.Weights is { } weights ? Array.ConvertAll(rows, row => weights[row]) : null,
        };
    }

    /// <summary>Both sets, standardised by the means and deviations (divisor n) of the first.</summary>
    public static (TrainingSet Training, TrainingSet Held) Standardize(TrainingSet training, TrainingSet held)
    {
        double[][] known = new double[training.Features.FeatureCount][];
        double[][] asked = new double[known.Length][];
        for (int feature = 0; feature < known.Length; feature++)
        {
            double[] values = training.Features.Column(feature).ToArray();
            double mean = values.Average();
            double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            deviation = deviation == 0 ? 1 : deviation;
            known[feature] = Array.ConvertAll(values, value => (value - mean) / deviation);
            asked[feature] = Array.ConvertAll(held.Features.Column(feature).ToArray(), value => (value - mean) / deviation);
        }

        return (With(training, known), With(held, asked));
    }

    private static TrainingSet With(TrainingSet set, double[][] columns) => set with { Features = new FeatureMatrix(set.Features.Features, columns, set.Features.RowCount) };

    private static LearningTask TaskOf(PeerTable table) => table.Task switch
    {
        "classification" => LearningTask.Classification,
        "regression" => LearningTask.Regression,
        "clustering" => LearningTask.Clustering,
        _ => LearningTask.AnomalyDetection,
    };
}
