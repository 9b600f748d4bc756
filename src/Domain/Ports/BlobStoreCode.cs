namespace Trainyard.Domain.Ports;

/// <summary>Why a blob store refused.</summary>
public enum BlobStoreCode
{
    /// <summary>Create-only write of a blob that is there.</summary>
    BlobExists,

    /// <summary>
    /// The container is not 3 to 63 lower-case letters, digits and single hyphens; or the path is empty, absolute, over
    /// <see cref="BlobPath.MaxLength"/> characters, has an empty, <c>.</c> or <c>..</c> segment, a backslash or a control
    /// character, or is not well-formed text.
    /// </summary>
    PathInvalid,
}
