using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Trainyard.Domain.Registry.Cards;

/// <summary>The model card of a version: Markdown that begins with the metadata of the Hugging Face Hub.</summary>
/// <remarks>
/// Metadata as the Hub documents it (huggingface.co/docs/hub/model-cards): license, library_name, pipeline_tag, tags, metrics,
/// model-index. Texts are written as JSON strings, which YAML reads as they are, so that no name can break out of its place.
/// </remarks>
public static class ModelCard
{
    /// <summary>The tag of a model that says under what licence it is; the card has no licence without it.</summary>
    public const string LicenseTag = "license";

    private const string Library = "trainyard";

    // Keeps letters of every alphabet; what could end a string is escaped all the same.
    private static readonly JsonSerializerOptions Texts = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the card.</summary>
    public static string Write(RegisteredModel model, ModelVersion version)
    {
        StringBuilder card = new();
        WriteHead(card, model, version);
        WriteBody(card, model, version);
        return card.ToString();
    }

    private static void WriteHead(StringBuilder card, RegisteredModel model, ModelVersion version)
    {
        Line(card, "---");
        if (model.Tags.TryGetValue(LicenseTag, out string? license))
        {
            Line(card, $"license: {Quote(license)}");
        }

        Line(card, $"library_name: {Library}");
        string? pipeline = PipelineTag(version.Task);
        if (pipeline is not null)
        {
            Line(card, $"pipeline_tag: {pipeline}");
        }

        WriteList(card, "tags", ["tabular", version.Task, version.Learner]);
        KeyValuePair<string, double>[] metrics = Finite(version);
        WriteList(card, "metrics", metrics.Select(metric => metric.Key));
        if (pipeline is not null && metrics.Length > 0)
        {
            WriteIndex(card, version, pipeline, metrics);
        }

        Line(card, "---");
        Line(card);
    }

    private static void WriteIndex(StringBuilder card, ModelVersion version, string pipeline, KeyValuePair<string, double>[] metrics)
    {
        string dataset = version.Lineage.DatasetName ?? "unknown";
        Line(card, "model-index:");
        Line(card, $"  - name: {Quote(version.ModelName)}");
        Line(card, "    results:");
        Line(card, "      - task:");
        Line(card, $"          type: {pipeline}");
        Line(card, "        dataset:");
        Line(card, $"          name: {Quote(dataset)}");
        Line(card, $"          type: {Quote(dataset)}");
        if (version.Lineage.DatasetVersion is { } revision)
        {
            Line(card, $"          revision: {Quote(Number(revision))}");
        }

        Line(card, "        metrics:");
        foreach ((string name, double value) in metrics)
        {
            Line(card, $"          - type: {Quote(name)}");
            Line(card, $"            value: {Number(value)}");
        }
    }

    private static void WriteBody(StringBuilder card, RegisteredModel model, ModelVersion version)
    {
        Line(card, $"# {Plain(version.ModelName)} {version.Version} ({version.Label})");
        Line(card);
        foreach (string said in new[] { model.Description, version.Description }.OfType<string>())
        {
            Line(card, Plain(said));
            Line(card);
        }

        ModelLineage lineage = version.Lineage;
        Line(card, $"Predicts `{Code(lineage.TargetColumn)}` ({version.Task}) with {Plain(version.Learner)}, in stage {version.Stage.ToString().ToLowerInvariant()}.");
        WriteTable(card, "Inputs", ("column", "type"), version.Inputs.Select(input => (input.Name, input.Type)));
        WriteTable(card, "Scores on held-out rows", ("metric", "value"), version.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => (metric.Key, Number(metric.Value))));
        WriteTable(card, "Parameters", ("name", "value"), version.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => (setting.Key, Number(setting.Value))));
        WriteTable(card, "Lineage", ("what", "which"), Lineage(version));
    }

    private static IEnumerable<(string, string)> Lineage(ModelVersion version)
    {
        ModelLineage lineage = version.Lineage;
        (string, string?)[] all =
        [
            ("dataset", lineage.DatasetUri),
            ("dataset SHA-256", lineage.DatasetSha256),
            ("run", lineage.RunId),
            ("pipeline", lineage.PipelineId),
            ("seed", lineage.Source is null ? lineage.Seed.ToString(CultureInfo.InvariantCulture) : null),
            ("parent", lineage.Parent is { } parent ? ModelVersion.LabelOf(parent) : null),
            ("made by", lineage.Source?.MadeBy),
            ("code version", lineage.CodeVersion),
            ("file SHA-256", version.Artifact.Sha256),
            ("registered", version.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        ];
        return all.Where(each => each.Item2 is not null).Select(each => (each.Item1, each.Item2!));
    }

    private static void WriteTable(StringBuilder card, string title, (string, string) heads, IEnumerable<(string, string)> rows)
    {
        (string, string)[] all = [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        Line(card);
        Line(card, $"## {title}");
        Line(card);
        Line(card, $"| {heads.Item1} | {heads.Item2} |");
        Line(card, "| --- | --- |");
        foreach ((string left, string right) in all)
        {
            Line(card, $"| {Plain(left)} | {Plain(right)} |");
        }
    }

    private static void WriteList(StringBuilder card, string name, IEnumerable<string> items)
    {
        string[] all = [.. items.Distinct(StringComparer.Ordinal)];
        if (all.Length > 0)
        {
            Line(card, $"{name}:");
            Array.ForEach(all, item => Line(card, $"  - {Quote(item)}"));
        }
    }

    private static string? PipelineTag(string task) => task switch
    {
        "classification" => "tabular-classification",
        "regression" => "tabular-regression",
        "forecasting" => "time-series-forecasting",
        _ => null,
    };

    private static KeyValuePair<string, double>[] Finite(ModelVersion version) =>
        [.. version.Metrics.Where(metric => double.IsFinite(metric.Value)).OrderBy(metric => metric.Key, StringComparer.Ordinal)];

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quote(string text) => JsonSerializer.Serialize(text, Texts);

    // Text of users stays text: nothing in it begins a heading, a table's cell or markup.
    private static string Plain(string text)
    {
        StringBuilder plain = new();
        foreach (char character in text.ReplaceLineEndings(" "))
        {
            plain.Append(character is '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' ? $"\\{character}" : character.ToString());
        }

        return plain.ToString();
    }

    private static string Code(string text) => text.ReplaceLineEndings(" ").Replace('`', '\'');

    private static void Line(StringBuilder card, string text = "") => card.Append(text).Append('\n');
}
