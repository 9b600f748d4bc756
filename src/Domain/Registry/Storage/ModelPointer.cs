namespace Trainyard.Domain.Registry.Storage;

/// <summary>Leads from one key of a model to the others.</summary>
/// <param name="Id">The model's id.</param>
/// <param name="Name">The model's name.</param>
internal sealed record ModelPointer(string Id, string Name);
