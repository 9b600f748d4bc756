using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Soak;

/// <summary>Model files whose predictions tell which of them made them, and rows with what each file predicts.</summary>
internal sealed class SoakModels
{
    public const int Kinds = 3;
    public const int Rows = 64;
    private const int TrainingRows = 1_000;
    private const int Trees = 50;
    private const double Between = 1_000;
    private static readonly string[] Columns = ["a", "b", "c", "d"];

    private readonly double[][] cells;
    private readonly double[][] expected = new double[Kinds][];

    public SoakModels()
    {
        DeterministicRandom random = new(1);
        cells = [.. Enumerable.Range(0, TrainingRows).Select(_ => Columns.Select(_ => Math.Round(random.NextGaussian(), 3)).ToArray())];
        Files = [.. Enumerable.Range(0, Kinds).Select(Train)];
    }

    /// <summary>A file of each kind.</summary>
    public IReadOnlyList<byte[]> Files { get; }

    /// <summary>A row as the member <c>instances</c> and seed's <c>input</c> have it.</summary>
    public JsonObject Row(int row) => new(Columns.Select((column, index) => KeyValuePair.Create(column, (JsonNode?)JsonValue.Create(cells[row][index]))));

    /// <summary>Inputs of the Open Inference Protocol, a tensor a column.</summary>
    public JsonArray Tensors(IReadOnlyList<int> rows) =>
    [
        .. Columns.Select((column, index) => (JsonNode)new JsonObject
        {
            ["name"] = column,
            ["shape"] = new JsonArray(rows.Count),
            ["datatype"] = "FP64",
            ["data"] = new JsonArray([.. rows.Select(row => (JsonNode)cells[row][index])]),
        }),
    ];

    /// <summary>Whether a value is what a kind predicts of a row, to the last digit that is written.</summary>
    public bool IsRight(int kind, int row, double value) => Math.Abs(value - expected[kind][row]) <= 1e-9 * Math.Abs(expected[kind][row]);

    private byte[] Train(int kind)
    {
        StringBuilder csv = new("a,b,c,d,y\n");
        foreach (double[] row in cells)
        {
            double y = ((kind + 1) * Between) + (10 * row[0] * row[1]) + (5 * row[2]) - row[3];
            csv.AppendJoin(',', row.Append(y).Select(cell => cell.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        Table rows = CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())));
        TabularFit fit = new(rows, TargetEncoding.Infer(rows, "y", LearningTask.Regression), LearnerCatalog.Get("random_forest"))
        {
            Settings = new LearnerSettings([new("trees", Trees)]),
        };
        TabularModel model = TabularTrainer.Fit(fit, CancellationToken.None);
        double[] predicted = model.Predict(rows);
        expected[kind] = predicted[..Rows];
        return TabularModelFile.ToBytes(model);
    }
}
