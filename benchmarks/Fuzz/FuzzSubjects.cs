using System.Text;
using System.Text.Json;
using Trainyard.Learning.Calibration;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Import;
using Trainyard.Learning.Learners;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Tests.Fuzzing;
using Trainyard.Learning.Text;

namespace Trainyard.Benchmarks.Fuzz;

/// <summary>Files of every kind that is read from strangers.</summary>
internal static class FuzzSubjects
{
    private const ulong Seed = 424242;
    private const int Rows = 300;

    private static readonly string Witness = Path.Combine("tests", "Learning.Tests", "Witness");

    public static IEnumerable<FuzzSubject> All() => [.. Tabular(), .. Series(), .. Texts(), .. Imports()];

    private static IEnumerable<FuzzSubject> Tabular()
    {
        Table table = Mixed();
        foreach (string learner in (string[])["gradient_boosting", "random_forest", "logistic_regression", "neural_network", "nearest_neighbors"])
        {
            LearnerSettings settings = new(learner switch
            {
                "gradient_boosting" => [new("iterations", 3)],
                "random_forest" => [new("trees", 2), new("max_depth", 5)],
                "neural_network" => [new("epochs", 3)],
                _ => [],
            });
            TabularFit fit = new(table, TargetEncoding.Infer(table), LearnerCatalog.Get(learner)) { Settings = settings };
            byte[] file = TabularModelFile.ToBytes(TabularTrainer.Fit(fit, default).Calibrate(table, CalibrationMethod.Isotonic));
            foreach (FuzzSubject subject in Sections(learner, file, ModelFileFormat.Sections, read => TabularModelFile.Read(read)))
            {
                yield return subject;
            }
        }
    }

    private static IEnumerable<FuzzSubject> Series()
    {
        TimeSeries series = new(TimeAxis.Counting, Enumerable.Range(0, 60).Select(step => 10 + Math.Sin(step * Math.PI / 2) + (0.1 * step)));
        return ForecastCatalog.All.SelectMany(method =>
        {
            byte[] file = ForecasterFile.ToBytes(Forecaster.Fit(new ForecastFit(series, method) { Settings = new LearnerSettings([new("season_length", 4)]) }, default));
            return Sections(method.Name, file, [ForecasterFile.ManifestSection, ModelFileFormat.ModelSection], read => ForecasterFile.Read(read));
        });
    }

    private static IEnumerable<FuzzSubject> Texts()
    {
        string[] texts = [.. Enumerable.Range(0, Rows).Select(row => $"word{row % 11} word{row % 7} of {(row % 2 == 0 ? "sea" : "land")}")];
        Table table = new([new TextColumn("text", ColumnType.Text, texts), new TextColumn("label", ColumnType.Category, texts.Select((_, row) => row % 2 == 0 ? "wet" : "dry"))]);
        return TextCatalog.All.SelectMany(method =>
        {
            byte[] file = TextClassifierFile.ToBytes(TextClassifier.Fit(new TextFit(table, "text", TargetEncoding.Infer(table, "label"), method), default));
            return Sections(method.Name, file, [TextClassifierFile.ManifestSection, ModelFileFormat.ModelSection], read => TextClassifierFile.Read(read));
        });
    }

    private static IEnumerable<FuzzSubject> Imports()
    {
        foreach (JsonElement model in Read("xgboost_models.json"))
        {
            byte[] file = Encoding.UTF8.GetBytes(model.GetProperty("model").GetString()!);
            yield return new FuzzSubject($"XGBoost {model.GetProperty("name").GetString()}", random => Mutations.OfJson(file, random), read => XGBoostImport.Read(read));
        }

        foreach (JsonElement model in Read("onnx_trees.json"))
        {
            byte[] file = model.GetProperty("model").GetBytesFromBase64();
            yield return new FuzzSubject($"ONNX {model.GetProperty("name").GetString()}", random => Mutations.OfBinary(file, random), read => OnnxImport.Read(read));
        }
    }

    private static IEnumerable<FuzzSubject> Sections(string name, byte[] file, IEnumerable<string> sections, Action<byte[]> read)
    {
        yield return new FuzzSubject($"{name}, damaged", random => Mutations.OfFile(file, random), read);
        foreach (string section in sections)
        {
            yield return new FuzzSubject($"{name}, hostile {section}", random => Mutations.OfSection(file, section, random), read);
        }
    }

    private static JsonElement[] Read(string name) => JsonSerializer.Deserialize<JsonElement[]>(File.ReadAllBytes(Path.Combine(Witness, name)))!;

    private static Table Mixed()
    {
        DeterministicRandom random = new(Seed);
        double[] ages = [.. Enumerable.Range(0, Rows).Select(_ => 18.0 + random.NextInt(60))];
        string[] colours = [.. Enumerable.Range(0, Rows).Select(row => $"colour {random.NextInt(4)}")];
        string[] labels = [.. ages.Select((age, row) => (age > 45) ^ (random.NextInt(8) == 0) ? "yes" : "no")];
        return new Table([new NumberColumn("age", ages), new TextColumn("colour", ColumnType.Category, colours), new TextColumn("bought", ColumnType.Category, labels)]);
    }
}
