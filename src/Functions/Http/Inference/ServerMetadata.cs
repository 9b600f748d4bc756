namespace Trainyard.Functions.Http.Inference;

/// <summary>What answers the Open Inference Protocol here.</summary>
/// <param name="Name">The platform's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Extensions">Extensions of the protocol; there are none.</param>
internal sealed record ServerMetadata(string Name, string Version, IReadOnlyList<string> Extensions);
