namespace Trainyard.Domain.Ports;

/// <summary>Why a document store refused.</summary>
public enum DocumentStoreCode
{
    /// <summary>Insert of a document that is there.</summary>
    DocumentExists,

    /// <summary>Replace or conditional delete of a document that is not there.</summary>
    DocumentMissing,

    /// <summary>Somebody else wrote since the ETag was read.</summary>
    ETagMismatch,

    /// <summary>Over <see cref="DocumentLimits.MaxDocumentBytes"/>.</summary>
    DocumentTooLarge,

    /// <summary>A key is empty, too long or has a forbidden character.</summary>
    KeyInvalid,

    /// <summary>
    /// A batch that is empty, has over <see cref="DocumentLimits.MaxBatch"/> operations or over
    /// <see cref="DocumentLimits.MaxBatchBytes"/>, or names a row twice.
    /// </summary>
    BatchInvalid,

    /// <summary>The continuation is not one that this query returned.</summary>
    ContinuationInvalid,

    /// <summary>A page size outside 1 to <see cref="DocumentLimits.MaxPageSize"/>.</summary>
    PageSizeInvalid,
}
