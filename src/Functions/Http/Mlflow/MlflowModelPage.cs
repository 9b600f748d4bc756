using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>A page of models.</summary>
internal sealed record MlflowModelPage(IReadOnlyList<MlflowModel> RegisteredModels, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextPageToken);
