namespace Trainyard.Domain.Ports;

/// <summary>One change of one document.</summary>
public sealed record DocumentWrite
{
    private DocumentWrite(DocumentWriteKind kind, string rowKey, ReadOnlyMemory<byte> json, string? etag) =>
        (Kind, RowKey, Json, ETag) = (kind, rowKey, json, etag);

    /// <summary>What is done.</summary>
    public DocumentWriteKind Kind { get; }

    /// <summary>The document's row key.</summary>
    public string RowKey { get; }

    /// <summary>The new document, UTF-8; empty for a delete.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The ETag that the stored document must have; null when any will do.</summary>
    public string? ETag { get; }

    /// <summary>Adds a document; fails when it is there.</summary>
    public static DocumentWrite Insert(string rowKey, ReadOnlyMemory<byte> json) => new(DocumentWriteKind.Insert, rowKey, json, null);

    /// <summary>Replaces the document that has this ETag.</summary>
    public static DocumentWrite Replace(string rowKey, ReadOnlyMemory<byte> json, string etag) => new(DocumentWriteKind.Replace, rowKey, json, etag);

    /// <summary>Adds or overwrites, whatever is there.</summary>
    public static DocumentWrite Upsert(string rowKey, ReadOnlyMemory<byte> json) => new(DocumentWriteKind.Upsert, rowKey, json, null);

    /// <summary>Deletes; without an ETag it succeeds when the document is absent.</summary>
    public static DocumentWrite Delete(string rowKey, string? etag = null) => new(DocumentWriteKind.Delete, rowKey, default, etag);
}
