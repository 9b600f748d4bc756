using System.Buffers;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Trainyard.Domain.Ports;

namespace Trainyard.LocalHost.Storage;

/// <summary>The files that hold blobs, in one folder, under names that are ours: <c>run-number.blob</c>.</summary>
/// <remarks>
/// No part of a path becomes a file name, so no path can leave the folder, and paths that differ in case only, end in
/// dots, spell device names or exceed what a file system allows are distinct files everywhere. A file that the index
/// does not know is no blob: it was being written, or replaced, when a run ended.
/// </remarks>
/// <param name="folder">The folder, which exists.</param>
/// <param name="run">Larger than those of all runs before; names that begin with an earlier one belong to nobody who still writes.</param>
internal sealed class BlobFiles(string folder, long run)
{
    private const string Extension = ".blob";
    private const int CopyBufferBytes = 128 * 1024;
    private long last;

    /// <summary>Copies content to a new file; when it returns the file is on disk, name included. On failure nothing remains.</summary>
    internal async Task<(string File, long Length)> CreateAsync(Stream content, CancellationToken cancellationToken)
    {
        string file = string.Create(CultureInfo.InvariantCulture, $"{run}-{Interlocked.Increment(ref last)}{Extension}");
        try
        {
            long length = await CopyAsync(content, file, cancellationToken);
            return (file, length);
        }
        catch
        {
            Delete(file);
            throw;
        }
    }

    /// <summary>Opens a file for reading; null when it is gone.</summary>
    internal SafeFileHandle? OpenRead(string file)
    {
        try
        {
            return File.OpenHandle(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes bytes at an offset and flushes them; false when the file is gone.</summary>
    internal async Task<bool> WriteAtAsync(string file, long offset, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(
                PathOf(file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
            await RandomAccess.WriteAsync(handle, content, offset, cancellationToken);
            RandomAccess.FlushToDisk(handle);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(failure);
        }
    }

    /// <summary>Deletes a file that no blob has any more; what cannot be deleted now is swept by a later run.</summary>
    internal void Delete(string file)
    {
        try
        {
            File.Delete(PathOf(file));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Windows keeps a file that a scanner has open. It is an orphan, of which the next start is rid.
        }
    }

    /// <summary>The files that earlier runs left.</summary>
    internal IEnumerable<string> OfEarlierRuns() => Directory
        .EnumerateFiles(folder, $"*{Extension}")
        .Select(path => Path.GetFileName(path))
        .Where(file => long.TryParse(file.AsSpan(0, Math.Max(0, file.IndexOf('-'))), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number < run);

    private async Task<long> CopyAsync(Stream content, string file, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(CopyBufferBytes);
        try
        {
            using SafeFileHandle handle = OpenNew(file);
            long length = 0;
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await WriteAsync(handle, buffer.AsMemory(0, read), length, cancellationToken);
                length += read;
            }

            await Task.Run(() => Flush(handle), cancellationToken);
            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private SafeFileHandle OpenNew(string file)
    {
        try
        {
            return File.OpenHandle(PathOf(file), FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(failure);
        }
    }

    // Failures of the file are ours to name; those of the content that is read belong to the caller.
    private static async Task WriteAsync(SafeFileHandle handle, ReadOnlyMemory<byte> content, long offset, CancellationToken cancellationToken)
    {
        try
        {
            await RandomAccess.WriteAsync(handle, content, offset, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(failure);
        }
    }

    private void Flush(SafeFileHandle handle)
    {
        try
        {
            RandomAccess.FlushToDisk(handle);
            DirectoryFlush.Flush(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(failure);
        }
    }

    private static StorageUnavailableException Unavailable(Exception failure) => new($"Writing a blob failed: {failure.Message}", failure);

    private string PathOf(string file) => Path.Combine(folder, file);
}
