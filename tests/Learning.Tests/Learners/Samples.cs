using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Tests.Learners;

/// <summary>The numeric sample files as training sets, read without the data half of the library.</summary>
internal static class Samples
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "samples", name + ".csv");

    public static TrainingSet Load(string name, bool standardize = false)
    {
        string[] lines = File.ReadAllLines(PathOf(name));
        string[] header = lines[0].Split(',');
        string[][] rows = [.. lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];
        double[][] columns = [.. Enumerable.Range(0, header.Length - 1).Select(column => rows.Select(row => double.Parse(row[column])).ToArray())];
        FeatureInfo[] features = [.. header.SkipLast(1).Select(column => new FeatureInfo(column, column, FeatureKind.Number))];
        FeatureMatrix matrix = new(features, standardize ? [.. columns.Select(Standardize)] : columns, rows.Length);
        if (name == "diabetes")
        {
            return new TrainingSet(matrix, [.. rows.Select(row => double.Parse(row[^1]))], LearningTask.Regression, 0);
        }

        string[] classes = [.. rows.Select(row => row[^1]).Distinct().Order(StringComparer.Ordinal)];
        return new TrainingSet(matrix, [.. rows.Select(row => (double)Array.IndexOf(classes, row[^1]))], LearningTask.Classification, classes.Length);
    }

    public static TrainingSet SelectRows(this TrainingSet set, int[] rows) =>
        set with { Features = set.Features.SelectRows(rows), Labels = [.. rows.Select(row => set.Labels[row])] };

    public static double[] PredictAll(this IModel model, FeatureMatrix matrix)
    {
        double[] outputs = new double[matrix.RowCount * model.OutputCount];
        double[] row = new double[matrix.FeatureCount];
        for (int index = 0; index < matrix.RowCount; index++)
        {
            matrix.CopyRow(index, row);
            model.Predict(row, outputs.AsSpan(index * model.OutputCount, model.OutputCount));
        }

        return outputs;
    }

    private static double[] Standardize(double[] values)
    {
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return Array.ConvertAll(values, value => (value - mean) / (deviation == 0 ? 1 : deviation));
    }
}
