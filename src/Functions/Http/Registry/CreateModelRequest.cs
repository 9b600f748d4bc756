namespace Trainyard.Functions.Http.Registry;

/// <summary>A model to make, without a version yet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; null to say nothing.</param>
/// <param name="Tags">What to note of it, by key; null for nothing.</param>
internal sealed record CreateModelRequest(string Name, string? Description = null, IReadOnlyDictionary<string, string>? Tags = null);
