namespace Trainyard.Domain.Idempotency;

/// <summary>What is remembered of a request that carried a key.</summary>
/// <param name="Id">The identifier for whatever the request creates; a repeat gets the same.</param>
/// <param name="RequestHash">SHA-256 of what was asked, in hex.</param>
/// <param name="CreatedAt">When the key was first seen.</param>
/// <param name="Response">The answer, or null while the request is not finished.</param>
public sealed record IdempotencyRecord(string Id, string RequestHash, DateTimeOffset CreatedAt, RecordedResponse? Response);
