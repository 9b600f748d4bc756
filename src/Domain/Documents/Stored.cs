namespace Trainyard.Domain.Documents;

/// <summary>A record as it was read from a document store.</summary>
/// <param name="RowKey">Its row key.</param>
/// <param name="Value">The record.</param>
/// <param name="ETag">Changes with every write; needed to replace it.</param>
/// <typeparam name="T">The record's type.</typeparam>
public sealed record Stored<T>(string RowKey, T Value, string ETag);
