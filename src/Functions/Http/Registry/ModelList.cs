namespace Trainyard.Functions.Http.Registry;

/// <summary>A page of models.</summary>
internal sealed record ModelList(IReadOnlyList<ModelView> Items, string? Continuation);
