namespace Trainyard.Domain.Ports;

/// <summary>An expected answer of a blob store other than success.</summary>
/// <param name="code">Why.</param>
/// <param name="message">For a log.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class BlobStoreException(BlobStoreCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public BlobStoreCode Code { get; } = code;
}
