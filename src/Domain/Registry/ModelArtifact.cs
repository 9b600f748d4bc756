namespace Trainyard.Domain.Registry;

/// <summary>Where a version's model file lies, and what it must be.</summary>
/// <param name="Container">Blob container.</param>
/// <param name="Path">Blob path.</param>
/// <param name="Sha256">SHA-256 of the file in lower-case hex; checked whenever it is loaded.</param>
/// <param name="Bytes">Its length.</param>
public sealed record ModelArtifact(string Container, string Path, string Sha256, long Bytes)
{
    /// <summary>Of a version whose file is kept elsewhere: it can be listed, aliased and compared, and not deployed.</summary>
    public static ModelArtifact Elsewhere { get; } = new(string.Empty, string.Empty, string.Empty, 0);
}
