namespace Trainyard.Domain.Ports;

/// <summary>Documents in row-key order.</summary>
/// <param name="Documents">At most the page size; may be empty while more follow.</param>
/// <param name="Continuation">Opaque; null on the last page.</param>
public sealed record DocumentPage(IReadOnlyList<Document> Documents, string? Continuation);
