namespace Trainyard.Functions.Http.Registry;

/// <summary>A page of a model's history, newest first.</summary>
internal sealed record EventList(IReadOnlyList<EventView> Items, string? Continuation);
