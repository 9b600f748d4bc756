using System.Runtime.CompilerServices;
using Trainyard.Domain.Ports;

namespace Trainyard.LocalHost.Storage;

/// <summary>Blobs as files in one folder, with an index on SQLite that says which file is which blob.</summary>
/// <remarks>
/// A write puts its bytes into a new file, flushes it and its name, and only then commits the path in the index: readers
/// see the old blob or the new one, and after a crash the file of an unfinished write is an orphan that the next start
/// sweeps. An append writes behind the length that the index knows and then commits the new length, so a torn append is
/// never seen and is overwritten by the next. A reader keeps what it opened, also when the blob is replaced or deleted.
/// Thread safe; one process at a time.
/// </remarks>
internal sealed class FileBlobStore : IBlobStore, IDisposable
{
    private const string IndexName = "index.db";
    private readonly BlobIndex index;
    private readonly BlobFiles files;
    private readonly BlobTurns appendTurns = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Task sweep;
    private bool disposed;

    private FileBlobStore(BlobIndex index, BlobFiles files)
    {
        this.index = index;
        this.files = files;
        sweep = Task.Run(SweepAsync);
    }

    /// <summary>Opens the folder, creates it when absent, and begins to sweep what an earlier run left unfinished.</summary>
    internal static FileBlobStore Open(string folder, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        BlobIndex opened = new(Path.Combine(folder, IndexName), clock);
        return new FileBlobStore(opened, new BlobFiles(folder, opened.NextNumber()));
    }

    /// <summary>Ends when the files that earlier runs left unfinished are gone.</summary>
    internal Task Swept => sweep;

    /// <inheritdoc />
    public async Task<Stream?> OpenReadAsync(string container, string path, CancellationToken cancellationToken)
    {
        BlobPath.Check(container, path);
        while (await index.FindAsync(container, path, cancellationToken) is { } row)
        {
            if (files.OpenRead(row.File) is { } handle)
            {
                return new BlobReadStream(handle, row.Length);
            }

            // Replaced or deleted between the look-up and the opening: look again, unless the file is truly lost.
            if (await index.FindAsync(container, path, cancellationToken) == row)
            {
                throw new StorageUnavailableException($"The file '{row.File}' of a blob is missing; restore it from a backup.");
            }
        }

        return null;
    }

    /// <inheritdoc />
    public async Task<BlobStat> WriteAsync(string container, string path, Stream content, bool overwrite, CancellationToken cancellationToken)
    {
        BlobPath.Check(container, path);
        ArgumentNullException.ThrowIfNull(content);

        // Refused early so that nobody uploads a gigabyte in vain; the commit below decides.
        if (!overwrite && await index.FindAsync(container, path, cancellationToken) is not null)
        {
            throw new BlobStoreException(BlobStoreCode.BlobExists, "There is a blob with this path.");
        }

        (string file, long length) = await files.CreateAsync(content, cancellationToken);
        return await PutAsync(container, path, file, length, overwrite, cancellationToken);
    }

    /// <inheritdoc />
    public async Task AppendAsync(string container, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BlobPath.Check(container, path);
        using IDisposable turn = await appendTurns.EnterAsync(container, path, cancellationToken);
        while (!await TryAppendAsync(container, path, await index.FindAsync(container, path, cancellationToken), content, cancellationToken))
        {
            // Somebody replaced or deleted the blob meanwhile; what was written went to a file that is no blob any more.
        }
    }

    /// <inheritdoc />
    public async Task<bool> AppendAtAsync(string container, string path, long position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BlobPath.Check(container, path);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        using IDisposable turn = await appendTurns.EnterAsync(container, path, cancellationToken);
        BlobRow? row = await index.FindAsync(container, path, cancellationToken);
        return (row?.Length ?? 0) == position && await TryAppendAsync(container, path, row, content, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<BlobStat?> StatAsync(string container, string path, CancellationToken cancellationToken)
    {
        BlobPath.Check(container, path);
        return (await index.FindAsync(container, path, cancellationToken))?.ToStat();
    }

    /// <inheritdoc />
    public IAsyncEnumerable<BlobStat> ListAsync(string container, string prefix, CancellationToken cancellationToken)
    {
        BlobPath.CheckPrefix(container, prefix);
        return ListPagesAsync(container, prefix, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<bool> DeleteAsync(string container, string path, CancellationToken cancellationToken)
    {
        BlobPath.Check(container, path);
        if (await index.RemoveAsync(container, path, cancellationToken) is not { } file)
        {
            return false;
        }

        files.Delete(file);
        return true;
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        closing.Cancel();

        // A sweep that failed lost nothing: the orphans are there for the next start.
        Task.WhenAny(sweep).Wait();
        index.Dispose();
        closing.Dispose();
    }

    private async Task<BlobStat> PutAsync(string container, string path, string file, long length, bool overwrite, CancellationToken cancellationToken)
    {
        try
        {
            (BlobRow row, string? replaced) = await index.PutAsync(container, path, file, length, overwrite, cancellationToken);
            if (replaced is not null)
            {
                files.Delete(replaced);
            }

            return row.ToStat();
        }
        catch (Exception failure) when (failure is BlobStoreException or OperationCanceledException)
        {
            // Not committed for certain. After any other failure the file may be a blob, and the next start knows.
            files.Delete(file);
            throw;
        }
    }

    // Upon a blob as it was read; false when it is another by now.
    private async Task<bool> TryAppendAsync(string container, string path, BlobRow? row, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (row is not null)
        {
            return await files.WriteAtAsync(row.File, row.Length, content, cancellationToken)
                && await index.GrowAsync(container, row, row.Length + content.Length, cancellationToken);
        }

        (string file, long length) = await files.CreateAsync(new MemoryStream(content.ToArray(), writable: false), cancellationToken);
        try
        {
            await PutAsync(container, path, file, length, overwrite: false, cancellationToken);
            return true;
        }
        catch (BlobStoreException refusal) when (refusal.Code == BlobStoreCode.BlobExists)
        {
            return false;
        }
    }

    private async IAsyncEnumerable<BlobStat> ListPagesAsync(string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (await index.ListAsync(container, prefix, after, cancellationToken) is { Count: > 0 } page)
        {
            foreach (BlobRow row in page)
            {
                yield return row.ToStat();
            }

            after = page[^1].Path;
        }
    }

    private async Task SweepAsync()
    {
        foreach (string file in files.OfEarlierRuns())
        {
            if (closing.IsCancellationRequested)
            {
                return;
            }

            if (!await index.IsUsedAsync(file, CancellationToken.None))
            {
                files.Delete(file);
            }
        }
    }
}
