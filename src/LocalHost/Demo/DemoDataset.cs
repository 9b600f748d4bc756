using System.Text.Json.Nodes;

namespace Trainyard.LocalHost.Demo;

/// <summary>
/// A CSV file parted in two: what is uploaded, and a few rows that the platform never sees until they are sent for
/// prediction.
/// </summary>
/// <param name="Csv">The file without the rows kept back.</param>
/// <param name="RowCount">Rows in <paramref name="Csv"/>.</param>
/// <param name="KeptBack">The rows kept back, as instances without the target.</param>
/// <param name="Truth">The target of each of them.</param>
internal sealed record DemoDataset(string Csv, int RowCount, IReadOnlyList<JsonObject> KeptBack, IReadOnlyList<string> Truth)
{
    /// <summary>Rows to keep back; enough to see both classes, few enough for a small table.</summary>
    public const int KeptBackCount = 8;

    /// <summary>Reads a plain CSV file (no quoted fields) and keeps back rows spread evenly over it.</summary>
    public static DemoDataset Read(string path, string target)
    {
        string[] lines = File.ReadAllLines(path);
        string[] columns = lines[0].Split(',');
        int targetIndex = Array.IndexOf(columns, target);
        if (targetIndex < 0)
        {
            throw new DemoException($"{path} has no column '{target}'.");
        }

        int[] keptBack = [.. Enumerable.Range(0, KeptBackCount).Select(index => 1 + (index * (lines.Length - 1) / KeptBackCount))];
        string[][] rows = [.. keptBack.Select(line => lines[line].Split(','))];
        string[] uploaded = [.. lines.Where((_, line) => !keptBack.Contains(line))];
        return new DemoDataset(
            string.Join('\n', uploaded) + "\n",
            uploaded.Length - 1,
            [.. rows.Select(row => Instance(columns, row, targetIndex))],
            [.. rows.Select(row => row[targetIndex])]);
    }

    // Values stay text: the platform takes numbers as strings and reads them by the model's schema.
    private static JsonObject Instance(string[] columns, string[] row, int targetIndex)
    {
        JsonObject instance = [];
        for (int column = 0; column < columns.Length; column++)
        {
            if (column != targetIndex)
            {
                instance[columns[column]] = row[column];
            }
        }

        return instance;
    }
}
