namespace Trainyard.Domain.Access;

/// <summary>Says that a key was made once: from then on this installation asks for one.</summary>
/// <param name="Since">When the first was made.</param>
internal sealed record KeyMarker(DateTimeOffset Since);
