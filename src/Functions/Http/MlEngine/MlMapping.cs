using System.Collections.ObjectModel;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Stages;

namespace Trainyard.Functions.Http.MlEngine;

/// <summary>Registry records as callers of <c>/api/v1/ml</c> see them.</summary>
internal static class MlMapping
{
    public static MlModelMetadata View(RegisteredModel model, ModelVersion? version) => new(
        model.Id,
        model.Name,
        version?.Label,
        version?.Version.ToString(),
        version?.Task,
        version?.Learner,
        version is null ? null : StageName.Of(version.Stage),
        model.Status.ToString().ToLowerInvariant(),
        version is not null && model.DeployedSequence == version.Sequence,
        model.Description,
        version?.Metrics ?? ReadOnlyDictionary<string, double>.Empty,
        version is null ? [] : [.. version.Inputs.Select(input => input.Name)],
        version?.Lineage.TargetColumn,
        version?.Settings ?? ReadOnlyDictionary<string, double>.Empty,
        version?.Lineage.DatasetSha256,
        version?.Artifact.Sha256,
        version?.Lineage.RunId,
        version?.CreatedAt ?? model.CreatedAt,
        model.UpdatedAt);
}
