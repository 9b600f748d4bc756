using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Stages;

namespace Trainyard.Functions.Http.Mlops;

/// <summary>Registry records as callers of <c>/mlops</c> see them.</summary>
internal static class MlopsMapping
{
    public static MlopsModelView View(RegisteredModel model, ModelVersion version) => new(
        model.Name,
        version.Version.ToString(),
        version.Label,
        StageName.Of(version.Stage),
        version.Task,
        version.Learner,
        version.Metrics,
        version.Settings,
        [.. version.Inputs.Select(input => new MlopsInput(input.Name, input.Type))],
        version.Lineage.TargetColumn,
        version.Description,
        version.Tags,
        model.AliasesOf(version.Sequence),
        View(version.Lineage),
        version.Artifact.Sha256,
        version.Artifact.Bytes,
        version.CreatedAt);

    private static MlopsLineage View(ModelLineage lineage) => new(
        lineage.DatasetUri,
        lineage.DatasetSha256,
        lineage.RunId,
        lineage.PipelineId,
        unchecked((long)lineage.Seed),
        lineage.Parent is { } parent ? ModelVersion.LabelOf(parent) : null,
        lineage.CodeVersion);
}
