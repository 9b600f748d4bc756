using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>A registered model, as MLflow's protocol has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CreationTimestamp">When it was made, in milliseconds since 1970.</param>
/// <param name="LastUpdatedTimestamp">When it last changed.</param>
/// <param name="Description">What it is for.</param>
/// <param name="LatestVersions">The newest version of each stage.</param>
/// <param name="Tags">Notes on it.</param>
/// <param name="Aliases">Its aliases.</param>
internal sealed record MlflowModel(
    string Name,
    long CreationTimestamp,
    long LastUpdatedTimestamp,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description,
    IReadOnlyList<MlflowVersion> LatestVersions,
    IReadOnlyList<MlflowTag> Tags,
    IReadOnlyList<MlflowAlias> Aliases);
