namespace Trainyard.Benchmarks.Processes;

/// <summary>A file that is gone when it is no longer needed.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(Action<string> write)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"trainyard-benchmark-{Environment.ProcessId}-{Guid.NewGuid():N}");
        write(Path);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
