namespace Trainyard.Domain.Idempotency;

/// <summary>An answer that can be given again.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Location">The Location header, or null.</param>
/// <param name="Body">The JSON body, UTF-8.</param>
public sealed record RecordedResponse(int Status, string? Location, byte[] Body);
