using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Models.Streaming;

/// <summary>Files with a column of every kind, and of every kind that a plan leaves out.</summary>
internal static class StreamedFiles
{
    public const int Rows = 3000;

    private static readonly string[] Names =
        ["row_id", "size", "rate", "member", "joined", "colour", "postcode", "code", "comment", "mostly_number", "empty", "constant", "late", "label"];

    private static readonly string[] Words = ["fast", "slow", "broken", "fine", "again", "delivery", "price", "the", "very", "never"];

    /// <param name="classes">0 for labels to regress on.</param>
    /// <param name="delimiter">Between fields.</param>
    public static byte[] Csv(int classes, char delimiter = ',') =>
        Encoding.UTF8.GetBytes($"{string.Join(delimiter, Names)}\n{string.Concat(Cells(classes).Select(row => string.Join(delimiter, row) + "\n"))}");

    public static byte[] Ndjson(int classes) => Encoding.UTF8.GetBytes(string.Concat(Cells(classes).Select(row => ObjectOf(row) + "\n")));

    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    // An absent member, so that columns show late.
    private static string ObjectOf(string[] row) => new JsonObject(Names.Zip(row)
        .Where(cell => cell.Second.Length > 0)
        .Select(cell => KeyValuePair.Create<string, JsonNode?>(cell.First, cell.Second))).ToJsonString();

    private static IEnumerable<string[]> Cells(int classes)
    {
        DeterministicRandom random = new(5);
        for (int row = 0; row < Rows; row++)
        {
            double size = random.NextGaussian();
            int rate = random.NextInt(5);
            bool member = random.NextInt(3) == 0;
            double score = size + (0.4 * rate) + (member ? 1 : 0) + (0.3 * random.NextGaussian());
            yield return
            [
                Text(10_000 - row),
                random.NextInt(30) == 0 ? "NA" : Text(size),
                random.NextInt(30) == 0 ? "" : Text(rate),
                random.NextInt(40) == 0 ? "?" : member ? "true" : "False",
                new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(random.NextInt(30_000)).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
                random.NextInt(50) == 0 ? "" : $"colour {random.NextInt(7)}",
                Text(10_000 + (random.NextInt(400) * 7)) + "a",
                $"key-{row}",
                string.Join(' ', Enumerable.Range(0, 5).Select(_ => Words[random.NextInt(Words.Length)])) + $" {row}",
                row == Rows - 100 ? "unknown" : Text(random.NextInt(12)),
                "",
                "7",
                row < Rows / 2 ? "" : Text(random.NextInt(9)),
                row % 97 == 5 ? "" : classes == 0 ? Text(score) : $"class {Math.Clamp((int)Math.Floor(score), 0, classes - 1)}",
            ];
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
