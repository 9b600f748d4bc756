namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>Leads to a test: the last of a model, or one by its id.</summary>
/// <param name="Row">Its row.</param>
internal sealed record AbTestPointer(string Row);
