using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>A model version, as MLflow's protocol has it.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">Its number.</param>
/// <param name="CreationTimestamp">When it was registered, in milliseconds since 1970.</param>
/// <param name="LastUpdatedTimestamp">When its model last changed.</param>
/// <param name="CurrentStage"><c>None</c>, <c>Staging</c>, <c>Production</c> or <c>Archived</c>.</param>
/// <param name="Description">What changed.</param>
/// <param name="Source">Where its file came from.</param>
/// <param name="RunId">The run that made it.</param>
/// <param name="RunLink">Where that run is shown.</param>
/// <param name="Status"><c>READY</c>.</param>
/// <param name="Tags">Notes on it.</param>
/// <param name="Aliases">Aliases that point to it.</param>
internal sealed record MlflowVersion(
    string Name,
    string Version,
    long CreationTimestamp,
    long LastUpdatedTimestamp,
    string CurrentStage,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description,
    string Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RunId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RunLink,
    string Status,
    IReadOnlyList<MlflowTag> Tags,
    IReadOnlyList<string> Aliases);
