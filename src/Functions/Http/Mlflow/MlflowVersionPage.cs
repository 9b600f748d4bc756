using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Versions, or a page of them.</summary>
internal sealed record MlflowVersionPage(IReadOnlyList<MlflowVersion> ModelVersions, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextPageToken = null);
