namespace Trainyard.EndToEnd.Tests;

/// <summary>An empty folder that is deleted at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("trainyard-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
