using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Mlflow;

// What MLflow's calls answer, one line each, as the protocol names them (mlflow/protos/model_registry.proto).

/// <summary>One model.</summary>
internal sealed record MlflowModelAnswer(MlflowModel RegisteredModel);

/// <summary>A page of models.</summary>
internal sealed record MlflowModelPage(IReadOnlyList<MlflowModel> RegisteredModels, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextPageToken);

/// <summary>One version.</summary>
internal sealed record MlflowVersionAnswer(MlflowVersion ModelVersion);

/// <summary>Versions, or a page of them.</summary>
internal sealed record MlflowVersionPage(IReadOnlyList<MlflowVersion> ModelVersions, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextPageToken = null);

/// <summary>Where the file of a version is.</summary>
internal sealed record MlflowDownload(string ArtifactUri);

/// <summary>That it is done.</summary>
internal sealed record MlflowDone;
