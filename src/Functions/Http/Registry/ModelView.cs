using System.Text.Json.Nodes;

namespace Trainyard.Functions.Http.Registry;

/// <summary>A model as the AI Model schema has it: the deployed version, or the newest when none is.</summary>
/// <param name="Id">Stable identifier.</param>
/// <param name="Name">Unique name.</param>
/// <param name="Description">One line, or null.</param>
/// <param name="Type"><c>classification</c> or <c>regression</c>; null while it has no version.</param>
/// <param name="Framework">What made it.</param>
/// <param name="Version">The sequence number, as <c>v5</c>; null while it has no version.</param>
/// <param name="SemanticVersion">What changed for callers.</param>
/// <param name="Stage">Where that version is in its life.</param>
/// <param name="Status"><c>training</c> (no version was deployed yet), <c>deployed</c> or <c>deprecated</c> (withdrawn).</param>
/// <param name="Accuracy">On held-out rows; null for numbers.</param>
/// <param name="Metrics">All scores on held-out rows.</param>
/// <param name="ModelConfiguration">Learner, hyper-parameters, and what the version was made from.</param>
/// <param name="InputSchema">The columns it reads.</param>
/// <param name="Aliases">Versions by alias, without <c>production</c> and <c>latest</c>.</param>
/// <param name="Tags">What its users note of it.</param>
/// <param name="CreatedAt">When the model was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="DeploymentUrl">Where it predicts; null when nothing is deployed.</param>
internal sealed record ModelView(
    string Id,
    string Name,
    string? Description,
    string? Type,
    string Framework,
    string? Version,
    string? SemanticVersion,
    string? Stage,
    string Status,
    double? Accuracy,
    IReadOnlyDictionary<string, double> Metrics,
    JsonObject ModelConfiguration,
    JsonObject InputSchema,
    IReadOnlyDictionary<string, string> Aliases,
    IReadOnlyDictionary<string, string> Tags,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? DeploymentUrl);
