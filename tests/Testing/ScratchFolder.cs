namespace Trainyard.Testing;

/// <summary>Folders for tests that write thousands of times and never cut the power: in memory where the system has such a place.</summary>
public static class ScratchFolder
{
    // Linux mounts it by default; there a flush costs nothing.
    private const string InMemory = "/dev/shm";

    /// <summary>Makes a folder of its own; the caller removes it.</summary>
    /// <param name="prefix">What its name begins with.</param>
    public static string Create(string prefix)
    {
        string parent = Directory.Exists(InMemory) ? InMemory : Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(parent, prefix + Path.GetRandomFileName())).FullName;
    }
}
