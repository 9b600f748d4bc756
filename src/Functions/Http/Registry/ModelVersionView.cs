using System.Text.Json.Nodes;

namespace Trainyard.Functions.Http.Registry;

/// <summary>A model version as callers see it.</summary>
/// <param name="Version">The sequence number, as <c>v5</c>.</param>
/// <param name="SemanticVersion">What changed for callers.</param>
/// <param name="Stage"><c>draft</c>, <c>staging</c>, <c>production</c> or <c>archived</c>.</param>
/// <param name="ModelUri">Its address.</param>
/// <param name="Sha256">SHA-256 of its file.</param>
/// <param name="Bytes">The length of its file.</param>
/// <param name="Metrics">All scores on held-out rows.</param>
/// <param name="ModelConfiguration">Learner, hyper-parameters, and what it was made from.</param>
/// <param name="InputSchema">The columns it reads.</param>
/// <param name="Description">What changed, in words; null when nobody said.</param>
/// <param name="Tags">What its users note of it.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="Deleted">Set when it was deleted.</param>
internal sealed record ModelVersionView(
    string Version,
    string SemanticVersion,
    string Stage,
    string ModelUri,
    string Sha256,
    long Bytes,
    IReadOnlyDictionary<string, double> Metrics,
    JsonObject ModelConfiguration,
    JsonObject InputSchema,
    string? Description,
    IReadOnlyDictionary<string, string> Tags,
    DateTimeOffset CreatedAt,
    DeletionView? Deleted);
