using System.Text.Json.Nodes;

namespace Trainyard.Functions.Http.Registry;

/// <summary>A model version as callers see it.</summary>
internal sealed record ModelVersionView(
    string Version,
    string SemanticVersion,
    string Stage,
    string ModelUri,
    string Sha256,
    long Bytes,
    IReadOnlyDictionary<string, double> Metrics,
    JsonObject ModelConfiguration,
    DateTimeOffset CreatedAt);
