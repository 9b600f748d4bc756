using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>How MLflow's records travel: snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CreateMlflowModel))]
[JsonSerializable(typeof(NameMlflowModel))]
[JsonSerializable(typeof(LatestMlflowVersions))]
[JsonSerializable(typeof(TagMlflowModel))]
[JsonSerializable(typeof(AliasMlflowModel))]
[JsonSerializable(typeof(CreateMlflowVersion))]
[JsonSerializable(typeof(NameMlflowVersion))]
[JsonSerializable(typeof(TransitionMlflowVersion))]
[JsonSerializable(typeof(TagMlflowVersion))]
[JsonSerializable(typeof(MlflowModelAnswer))]
[JsonSerializable(typeof(MlflowModelPage))]
[JsonSerializable(typeof(MlflowVersionAnswer))]
[JsonSerializable(typeof(MlflowVersionPage))]
[JsonSerializable(typeof(MlflowDownload))]
[JsonSerializable(typeof(MlflowDone))]
internal sealed partial class MlflowWire : JsonSerializerContext;
