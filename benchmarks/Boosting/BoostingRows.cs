using System.Runtime.InteropServices;
using Trainyard.Learning;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Boosting;

/// <summary>Rows with a label and 28 numbers, half of which matter, alone and in pairs; as a file that both sides read.</summary>
internal static class BoostingRows
{
    public const int Features = 28;
    private const int Informative = 14;
    private const ulong Seed = 7;
    private const int RowBytes = (Features + 1) * sizeof(double);
    private const int ChunkRows = 4096;

    /// <summary>Writes little-endian float64, row by row: the label, then the features.</summary>
    public static void Write(string path, int rows)
    {
        using FileStream file = File.Create(path);
        DeterministicRandom random = new(Seed);
        double[] row = new double[Features + 1];
        for (int index = 0; index < rows; index++)
        {
            for (int feature = 1; feature <= Features; feature++)
            {
                row[feature] = random.NextGaussian();
            }

            row[0] = random.NextDouble() < Probability(row.AsSpan(1)) ? 1 : 0;
            file.Write(MemoryMarshal.AsBytes(row.AsSpan()));
        }
    }

    public static int Count(string path) => (int)(new FileInfo(path).Length / RowBytes);

    public static TrainingSet Read(string path, int first, int rows)
    {
        using FileStream file = File.OpenRead(path);
        file.Position = (long)first * RowBytes;
        double[][] columns = [.. Enumerable.Range(0, Features + 1).Select(_ => new double[rows])];
        double[] chunk = new double[(Features + 1) * ChunkRows];
        for (int start = 0; start < rows; start += ChunkRows)
        {
            int count = Math.Min(ChunkRows, rows - start);
            file.ReadExactly(MemoryMarshal.AsBytes(chunk.AsSpan(0, count * (Features + 1))));
            for (int index = 0; index < count * (Features + 1); index++)
            {
                columns[index % (Features + 1)][start + (index / (Features + 1))] = chunk[index];
            }
        }

        FeatureInfo[] names = [.. Enumerable.Range(0, Features).Select(index => new FeatureInfo($"x{index}", $"x{index}", FeatureKind.Number))];
        return new TrainingSet(new FeatureMatrix(names, columns[1..], rows), columns[0], LearningTask.Classification, 2);
    }

    private static double Probability(ReadOnlySpan<double> row)
    {
        double score = 0;
        for (int feature = 0; feature < Informative; feature += 2)
        {
            score += (0.5 * row[feature]) + (0.7 * row[feature] * row[feature + 1]) + Math.Sin(row[feature + 1]);
        }

        return 1 / (1 + Math.Exp(-score / 2));
    }
}
