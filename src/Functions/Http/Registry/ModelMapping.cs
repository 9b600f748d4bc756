using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Registry.Stages;

namespace Trainyard.Functions.Http.Registry;

/// <summary>Registry records as callers see them.</summary>
internal static class ModelMapping
{
    private const string Framework = "trainyard";
    private const string AccuracyMetric = "accuracy";

    public static ModelView View(ModelOverview overview)
    {
        (RegisteredModel model, ModelVersion? version) = overview;
        return new(
            model.Id,
            model.Name,
            model.Description,
            version?.Task,
            Framework,
            version?.Label,
            version?.Version.ToString(),
            version is null ? null : StageName.Of(version.Stage),
            model.Status.ToString().ToLowerInvariant(),
            version is not null && version.Metrics.TryGetValue(AccuracyMetric, out double accuracy) ? accuracy : null,
            version?.Metrics ?? ReadOnlyDictionary<string, double>.Empty,
            version is null ? [] : Configuration(version),
            version is null ? [] : InputSchema(version),
            Labels(model.Aliases),
            model.Tags,
            model.CreatedAt,
            model.UpdatedAt,
            model.Status == ModelStatus.Deployed ? PredictUrl(model) : null);
    }

    public static ModelVersionView View(ModelVersion version) => new(
        version.Label,
        version.Version.ToString(),
        StageName.Of(version.Stage),
        version.Uri,
        version.Artifact.Sha256,
        version.Artifact.Bytes,
        version.Metrics,
        Configuration(version),
        InputSchema(version),
        version.Description,
        version.Tags,
        version.CreatedAt,
        version.Deletion is { } deletion ? View(deletion) : null);

    public static DeletionView View(Deletion deletion) => new(deletion.By, deletion.Reason, deletion.At);

    public static AliasView View(AliasEntry entry, ModelVersion version) => new(entry.Alias, View(version), entry.At, entry.By, entry.Reason);

    public static EventView View(ModelEvent entry) => new(
        entry.Number,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(entry.Kind.ToString()),
        entry.Sequence is { } sequence ? ModelVersion.LabelOf(sequence) : null,
        entry.Subject,
        entry.From,
        entry.To,
        entry.By,
        entry.Reason,
        entry.At);

    public static AliasList Aliases(RegisteredModel model)
    {
        SortedDictionary<string, string> aliases = new(Labels(model.Aliases), StringComparer.Ordinal);
        foreach (string reserved in new[] { AliasName.Latest, AliasName.Production })
        {
            if (model.PointedTo(reserved) is { } sequence)
            {
                aliases[reserved] = ModelVersion.LabelOf(sequence);
            }
        }

        return new(aliases);
    }

    public static string PredictUrl(RegisteredModel model) => $"/api/v1/models/{model.Id}/predict";

    private static Dictionary<string, string> Labels(IReadOnlyDictionary<string, int> aliases) =>
        aliases.ToDictionary(alias => alias.Key, alias => ModelVersion.LabelOf(alias.Value), StringComparer.Ordinal);

    private static JsonObject Configuration(ModelVersion version)
    {
        ModelLineage lineage = version.Lineage;
        return new JsonObject
        {
            ["learner"] = version.Learner,
            ["settings"] = new JsonObject(version.Settings.Select(setting => KeyValuePair.Create<string, JsonNode?>(setting.Key, setting.Value))),
            ["target_column"] = lineage.TargetColumn,
            ["dataset_uri"] = lineage.DatasetUri,
            ["dataset_sha256"] = lineage.DatasetSha256,
            ["run_id"] = lineage.RunId,
            ["pipeline_id"] = lineage.PipelineId,
            ["seed"] = lineage.Seed,
            ["code_version"] = lineage.CodeVersion,
            ["parent"] = lineage.Parent is { } parent ? ModelVersion.LabelOf(parent) : null,
        };
    }

    private static JsonObject InputSchema(ModelVersion version) => new()
    {
        ["columns"] = new JsonArray([.. version.Inputs.Select(input => new JsonObject { ["name"] = input.Name, ["type"] = input.Type })]),
    };
}
