namespace Trainyard.Domain.Ports;

/// <summary>Bounds that every document store keeps; they are those of Azure Table storage.</summary>
public static class DocumentLimits
{
    /// <summary>Characters of a partition or row key.</summary>
    public const int MaxKeyLength = 1024;

    /// <summary>Operations of one commit.</summary>
    public const int MaxBatch = 100;

    /// <summary>Documents of one page.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>UTF-8 bytes of one document: below Table storage's 1 MiB entity, with room for keys and properties.</summary>
    public const int MaxDocumentBytes = 900 * 1024;

    /// <summary>
    /// UTF-8 bytes of all documents of one commit: three of the largest. Table storage bounds a transaction's body to
    /// 4 MiB, in which documents are base64.
    /// </summary>
    public const int MaxBatchBytes = 3 * MaxDocumentBytes;

    /// <summary>UTF-8 bytes after which a page ends early, with a continuation; Table storage's 4 MiB answer.</summary>
    public const int MaxPageBytes = 4 * 1024 * 1024;
}
