namespace Trainyard.Functions.Http.AbTests;

/// <summary>A page of a model's A/B tests, newest first, as they were looked at last.</summary>
/// <param name="Items">The tests.</param>
/// <param name="Continuation">Asks for the next page; null on the last one.</param>
internal sealed record AbTestList(IReadOnlyList<AbTestView> Items, string? Continuation);
