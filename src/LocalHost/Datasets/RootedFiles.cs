using Trainyard.Domain.Datasets;

namespace Trainyard.LocalHost.Datasets;

/// <summary>Files below the data roots of this machine. Links are not followed: they lead out of any root.</summary>
internal sealed class RootedFiles : IFileSource
{
    /// <summary>The setting that names the roots, separated as in PATH.</summary>
    public const string Setting = "Trainyard:Datasets:FileRoots";

    private readonly string[] roots;

    /// <param name="roots">Folders; relative ones are below the current folder.</param>
    public RootedFiles(IEnumerable<string> roots) =>
        this.roots = [.. roots.Select(root => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)) + Path.DirectorySeparatorChar)];

    /// <summary>The roots of a host: those of the setting, or <c>files</c> in its data folder.</summary>
    public static RootedFiles Of(string? setting, string dataFolder) => new(
        string.IsNullOrWhiteSpace(setting)
            ? [Path.Combine(dataFolder, "files")]
            : setting.Split(Path.PathSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <inheritdoc/>
    public bool TryOpen(string path, out Stream? stream)
    {
        stream = null;
        string full = Path.GetFullPath(path);
        string? root = Array.Find(roots, candidate => full.StartsWith(candidate, StringComparison.Ordinal));
        if (root is null || HasLink(root, full))
        {
            return false;
        }

        stream = Open(full);
        return true;
    }

    // A file that this process may not read is as good as none to whoever asks over HTTP.
    private static FileStream? Open(string full)
    {
        try
        {
            return File.Exists(full) ? new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read) : null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool HasLink(string root, string full)
    {
        string current = root;
        foreach (string part in full[root.Length..].Split(Path.DirectorySeparatorChar))
        {
            current = Path.Combine(current, part);
            if (new FileInfo(current).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}
