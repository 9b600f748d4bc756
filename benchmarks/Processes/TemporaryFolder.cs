namespace Trainyard.Benchmarks.Processes;

/// <summary>A folder that is gone when it is no longer needed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("trainyard-benchmark-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
