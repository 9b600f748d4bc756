namespace Trainyard.Domain.Ports;

/// <summary>An expected answer of a document store other than success.</summary>
/// <param name="code">See <see cref="DocumentStoreCode"/>.</param>
/// <param name="message">For a log.</param>
/// <param name="operation">Index of the operation at fault in its batch; 0 for a single one.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class DocumentStoreException(DocumentStoreCode code, string message, int operation = 0, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public DocumentStoreCode Code { get; } = code;

    /// <summary>Index of the operation at fault in its batch; 0 for a single one.</summary>
    public int Operation { get; } = operation;
}
