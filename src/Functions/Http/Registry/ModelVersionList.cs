namespace Trainyard.Functions.Http.Registry;

/// <summary>A page of versions, newest first.</summary>
internal sealed record ModelVersionList(IReadOnlyList<ModelVersionView> Items, string? Continuation);
