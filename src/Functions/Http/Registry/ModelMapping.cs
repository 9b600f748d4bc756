using System.Text.Json.Nodes;
using Trainyard.Domain.Registry;

namespace Trainyard.Functions.Http.Registry;

/// <summary>Registry records as callers see them.</summary>
internal static class ModelMapping
{
    private const string Framework = "trainyard";
    private const string AccuracyMetric = "accuracy";

    public static ModelView View(ModelOverview overview)
    {
        RegisteredModel model = overview.Model;
        ModelVersion version = overview.Version ?? throw new InvalidOperationException($"Model '{model.Name}' is shown without a version.");
        bool deployed = model.DeployedSequence is not null;
        return new(
            model.Id,
            model.Name,
            Description: null,
            version.Task,
            Framework,
            version.Label,
            version.Version.ToString(),
            Status(model),
            version.Metrics.TryGetValue(AccuracyMetric, out double accuracy) ? accuracy : null,
            version.Metrics,
            Configuration(version),
            InputSchema(version),
            model.CreatedAt,
            model.UpdatedAt,
            deployed ? $"/api/v1/models/{model.Id}/predict" : null);
    }

    public static ModelVersionView View(ModelVersion version) => new(
        version.Label,
        version.Version.ToString(),
        version.Stage.ToString().ToLowerInvariant(),
        version.Uri,
        version.Artifact.Sha256,
        version.Artifact.Bytes,
        version.Metrics,
        Configuration(version),
        version.CreatedAt);

    private static string Status(RegisteredModel model) => (model.DeployedSequence, model.DeploymentCount) switch
    {
        ({ }, _) => "deployed",
        (_, 0) => "training",
        _ => "deprecated",
    };

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
        };
    }

    private static JsonObject InputSchema(ModelVersion version) => new()
    {
        ["columns"] = new JsonArray([.. version.Inputs.Select(input => new JsonObject { ["name"] = input.Name, ["type"] = input.Type })]),
    };
}
