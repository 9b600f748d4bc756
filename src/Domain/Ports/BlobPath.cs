namespace Trainyard.Domain.Ports;

/// <summary>The checks of container names and paths that every blob store makes first.</summary>
public static class BlobPath
{
    /// <summary>Characters of a path, as in Azure Blob storage.</summary>
    public const int MaxLength = 1024;

    /// <summary>Checks a container and a path.</summary>
    /// <exception cref="BlobStoreException"><see cref="BlobStoreCode.PathInvalid"/>.</exception>
    public static void Check(string container, string path)
    {
        CheckContainer(container);
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length is 0 or > MaxLength)
        {
            throw Invalid($"A blob's path has 1 to {MaxLength} characters, not {path.Length}.");
        }

        CheckCharacters(path);
        foreach (Range segment in path.AsSpan().Split('/'))
        {
            if (path.AsSpan(segment) is "" or "." or "..")
            {
                throw Invalid("A blob's path is relative, with single slashes and no '.' or '..' segment.");
            }
        }
    }

    /// <summary>Checks a container and the beginning of a path, which may be empty.</summary>
    /// <exception cref="BlobStoreException"><see cref="BlobStoreCode.PathInvalid"/>.</exception>
    public static void CheckPrefix(string container, string prefix)
    {
        CheckContainer(container);
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > MaxLength)
        {
            throw Invalid($"A prefix has at most {MaxLength} characters, not {prefix.Length}.");
        }

        CheckCharacters(prefix);
    }

    private static void CheckContainer(string container)
    {
        ArgumentNullException.ThrowIfNull(container);
        if (!StorageName.IsValid(container))
        {
            throw Invalid($"Container '{container}' must be {StorageName.Rule}.");
        }
    }

    private static void CheckCharacters(string path)
    {
        if (path.Contains('\\', StringComparison.Ordinal) || path.Any(char.IsControl) || !WellFormedText.Is(path))
        {
            throw Invalid("A blob's path has no backslash, control character or unpaired surrogate.");
        }
    }

    private static BlobStoreException Invalid(string message) => new(BlobStoreCode.PathInvalid, message);
}
