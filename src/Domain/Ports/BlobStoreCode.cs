namespace Trainyard.Domain.Ports;

/// <summary>Why a blob store refused.</summary>
public enum BlobStoreCode
{
    /// <summary>Create-only write of a blob that is there.</summary>
    BlobExists,

    /// <summary>The container or path is empty, absolute, too long, or has an empty, <c>.</c> or <c>..</c> segment.</summary>
    PathInvalid,
}
