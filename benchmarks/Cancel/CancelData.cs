using System.Globalization;
using System.Text;
using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Cancel;

/// <summary>Large generated data of every kind.</summary>
internal static class CancelData
{
    private const ulong Seed = 11;
    private const int Words = 20_000;
    private const int WordsPerText = 60;

    /// <summary>Numbers of at least 0, so that every learner takes them.</summary>
    public static double[][] Columns(int rows, int features)
    {
        double[][] columns = new double[features][];
        Parallel.For(0, features, feature =>
        {
            DeterministicRandom random = new DeterministicRandom(Seed).Fork((ulong)feature);
            columns[feature] = new double[rows];
            foreach (ref double value in columns[feature].AsSpan())
            {
                value = random.NextDouble();
            }
        });
        return columns;
    }

    /// <summary>A task on columns: the first two decide the label, with noise.</summary>
    public static TrainingSet Set(double[][] columns, LearningTask task, int classes)
    {
        DeterministicRandom random = new(Seed);
        double[] labels = new double[columns[0].Length];
        for (int row = 0; row < labels.Length; row++)
        {
            double value = (columns[0][row] + columns[1][row] + random.NextDouble()) / 3;
            labels[row] = task == LearningTask.Classification ? Math.Floor(value * classes) : value;
        }

        FeatureInfo[] names = [.. columns.Select((_, index) => new FeatureInfo($"x{index}", $"x{index}", FeatureKind.Number))];
        return new TrainingSet(new FeatureMatrix(names, columns, labels.Length), labels, task, classes);
    }

    /// <summary>Columns and a label of two classes.</summary>
    public static Table Table(double[][] columns)
    {
        double[] labels = Set(columns, LearningTask.Classification, 2).Labels;
        return new Table([.. columns.Select((values, index) => new NumberColumn($"x{index}", values)), new NumberColumn("label", labels)]);
    }

    public static byte[] Csv(double[][] columns)
    {
        StringBuilder text = new();
        text.AppendJoin(',', columns.Select((_, index) => $"x{index}")).Append('\n');
        for (int row = 0; row < columns[0].Length; row++)
        {
            text.AppendJoin(',', columns.Select(column => column[row].ToString("F6", CultureInfo.InvariantCulture))).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static byte[] Ndjson(double[][] columns)
    {
        StringBuilder text = new();
        for (int row = 0; row < columns[0].Length; row++)
        {
            text.Append('{').AppendJoin(',', columns.Select((column, index) => $"\"x{index}\":{column[row].ToString("F6", CultureInfo.InvariantCulture)}")).Append("}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Texts of invented words, rare and frequent ones, in as many classes.</summary>
    public static Table Texts(int rows, int classes)
    {
        DeterministicRandom random = new(Seed);
        string[] texts = new string[rows];
        string[] labels = new string[rows];
        for (int row = 0; row < rows; row++)
        {
            int label = random.NextInt(classes);
            labels[row] = $"class {label}";
            texts[row] = string.Join(' ', Enumerable.Range(0, WordsPerText).Select(_ => $"word{random.NextInt(1 + random.NextInt(Words)) + (random.NextInt(4) == 0 ? label * Words : 0)}"));
        }

        return new Table([new TextColumn("text", ColumnType.Text, texts), new TextColumn("label", ColumnType.Category, labels)]);
    }
}
