using System.Globalization;
using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Batches;

/// <summary>A CSV file with an id, a label and 28 numbers.</summary>
internal static class BatchRows
{
    public const int Features = 28;
    private const ulong Seed = 11;

    /// <summary>Its features, as a query of an upload lists them.</summary>
    public static string Columns => string.Join(',', Enumerable.Range(0, Features).Select(index => $"x{index}"));

    public static void Write(string path, int rows)
    {
        using StreamWriter file = new(path);
        file.Write($"id,y,{Columns}\n");
        DeterministicRandom random = new(Seed);
        Span<char> number = stackalloc char[32];
        for (int row = 0; row < rows; row++)
        {
            double score = 0;
            double[] values = new double[Features];
            for (int feature = 0; feature < Features; feature++)
            {
                values[feature] = random.NextGaussian();
                score += feature % 2 == 0 ? values[feature] * 0.4 : 0;
            }

            score += values[0] * values[2];
            file.Write(string.Create(CultureInfo.InvariantCulture, $"r{row + 1},{(random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0)}"));
            foreach (double value in values)
            {
                value.TryFormat(number, out int written, "F4", CultureInfo.InvariantCulture);
                file.Write(',');
                file.Write(number[..written]);
            }

            file.Write('\n');
        }
    }
}
