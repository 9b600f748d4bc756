namespace Trainyard.Storage.Tests.Local;

/// <summary>A folder of a test's own, gone when it is disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Root { get; } = Directory.CreateTempSubdirectory("trainyard-storage-").FullName;

    internal string this[string name] => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
