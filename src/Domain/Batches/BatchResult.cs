namespace Trainyard.Domain.Batches;

/// <summary>The file of results.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 in lower-case hex. The same rows, model and settings give the same, however the work was spread.</param>
public sealed record BatchResult(long Bytes, string Sha256);
