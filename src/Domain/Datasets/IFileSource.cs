namespace Trainyard.Domain.Datasets;

/// <summary>Files of the machine that datasets may be read from. A host that has none registers none. Thread safe.</summary>
public interface IFileSource
{
    /// <summary>Opens a file for reading; null when there is none.</summary>
    /// <param name="path">An absolute path that somebody sent.</param>
    /// <param name="stream">The content; null when there is no such file.</param>
    /// <returns>False when the path does not lie below a data root, or a link leads to it.</returns>
    bool TryOpen(string path, out Stream? stream);
}
