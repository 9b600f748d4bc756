using System.Runtime.CompilerServices;
using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Tests.PredictionLogs;

/// <summary>Blobs in memory, with storage that fails when it is told to. Not what a test of stores is made with.</summary>
internal sealed class MemoryBlobStore : IBlobStore
{
    private readonly SortedDictionary<string, byte[]> blobs = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Whether every call fails before it does anything.</summary>
    public bool IsAway { get; set; }

    /// <summary>Appends whose answer will be lost after they were applied.</summary>
    public int LostAnswers { get; set; }

    /// <summary>Appends that were applied.</summary>
    public int Appends { get; private set; }

    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (gate)
            {
                return [.. blobs.Keys];
            }
        }
    }

    public Task<Stream?> OpenReadAsync(string container, string path, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(Find(container, path) is { } content ? new MemoryStream(content, writable: false) : null);

    public Task<BlobStat> WriteAsync(string container, string path, Stream content, bool overwrite, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing in these tests is written whole.");

    public Task AppendAsync(string container, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The log appends at positions.");

    public Task<bool> AppendAtAsync(string container, string path, long position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BlobPath.Check(container, path);
        lock (gate)
        {
            byte[] present = Find(container, path) ?? [];
            if (present.Length != position)
            {
                return Task.FromResult(false);
            }

            blobs[Key(container, path)] = [.. present, .. content.Span];
            Appends++;
            return LostAnswers-- > 0 ? throw new StorageUnavailableException("The answer was lost.") : Task.FromResult(true);
        }
    }

    public Task<BlobStat?> StatAsync(string container, string path, CancellationToken cancellationToken) =>
        Task.FromResult(Find(container, path) is { } content ? Stat(path, content) : null);

    public async IAsyncEnumerable<BlobStat> ListAsync(string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (string key in Paths.Where(key => key.StartsWith(Key(container, prefix), StringComparison.Ordinal)))
        {
            string path = key[(container.Length + 1)..];
            yield return Stat(path, Find(container, path)!);
        }
    }

    public Task<bool> DeleteAsync(string container, string path, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(blobs.Remove(Key(container, path)));
        }
    }

    private static string Key(string container, string path) => $"{container}/{path}";

    private static BlobStat Stat(string path, byte[] content) => new(path, content.Length, content.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), default);

    private byte[]? Find(string container, string path)
    {
        lock (gate)
        {
            return IsAway ? throw new StorageUnavailableException("Storage is away.") : blobs.GetValueOrDefault(Key(container, path));
        }
    }
}
