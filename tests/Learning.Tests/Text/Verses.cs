using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Tests.Witness;
using Trainyard.Learning.Text;

namespace Trainyard.Learning.Tests.Text;

/// <summary>The corpus of Witness/text_classification.py, which says where it is from; every fifth text is held out.</summary>
internal static class Verses
{
    public static Corpus Read { get; } = WitnessFile.Read<Corpus>("text_classification.json");

    public static Table Known { get; } = Rows(row => row % 5 != 0);

    public static Table Held { get; } = Rows(row => row % 5 == 0);

    public static string[] HeldTexts => [.. Read.Texts.Where((_, row) => row % 5 == 0)];

    public static TextClassifier Fit(string method, params (string Name, double Value)[] settings) => Fit(method, Known, settings);

    public static TextClassifier Fit(string method, Table rows, (string Name, double Value)[] settings, int threads = 2) => TextClassifier.Fit(
        new TextFit(rows, "text", TargetEncoding.Infer(rows, "book"), TextCatalog.Get(method))
        {
            Settings = Tests.Learners.Some.Settings(settings),
            Options = new(4) { MaxDegreeOfParallelism = threads },
        },
        default);

    public static Table Rows(Func<int, bool> chosen)
    {
        int[] rows = [.. Enumerable.Range(0, Read.Texts.Length).Where(chosen)];
        return new Table([
            new TextColumn("text", ColumnType.Text, rows.Select(row => Read.Texts[row])),
            new TextColumn("book", ColumnType.Category, rows.Select(row => Read.Labels[row])),
        ]);
    }

    public sealed record Corpus(string[] Texts, string[] Labels, Case[] Cases, double[] Binary);

    public sealed record Case(string Method, Dictionary<string, double> Settings, int Terms, Dictionary<string, double> Row, double[] Probabilities, double Accuracy);
}
