using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Tests.Scoring;

/// <summary>A model of every type of column.</summary>
internal static class ScoredModel
{
    public const string Columns = "size,colour,fresh,day,code,kind";

    /// <summary>Rows without their heading; some values are missing, some quoted.</summary>
    public static string Rows(int count, int seed)
    {
        Random random = new(seed);
        string[] colours = ["red", "green", "\"light, blue\"", "NA", "", "\"a \"\"b\"\"\""];
        StringBuilder rows = new();
        for (int row = 0; row < count; row++)
        {
            string size = random.Next(9) == 0 ? "" : (random.NextDouble() * 100).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            string fresh = random.Next(2) == 0 ? "true" : "FALSE";
            string day = $"2025-{random.Next(1, 13):D2}-{random.Next(1, 29):D2}";
            rows.Append($"{size},{colours[random.Next(colours.Length)]},{fresh},{day},{row},{(random.NextDouble() < 0.5 ? "a" : "b")}\n");
        }

        return rows.ToString();
    }

    public static Table Table(string rows) => CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes($"{Columns}\n{rows}")));

    public static TabularModel Train()
    {
        Table rows = Table(Rows(300, seed: 1));
        LearnerSettings few = new([new("iterations", 20)]);
        return TabularTrainer.Fit(new TabularFit(rows, TargetEncoding.Infer(rows, "kind"), LearnerCatalog.Get("gradient_boosting")) { Settings = few }, CancellationToken.None);
    }
}
