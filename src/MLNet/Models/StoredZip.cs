using System.IO.Compression;
using Trainyard.Learning;

namespace Trainyard.MLNet.Models;

/// <summary>Zips that say nothing but their content: entries by name, uncompressed, all of one moment.</summary>
/// <remarks>Uncompressed, because compressors differ between machines, and because nothing can then grow on reading: a zip's entries are as long together as its bytes at most.</remarks>
internal static class StoredZip
{
    /// <summary>Bytes at most: 512 MiB.</summary>
    public const int MaximumBytes = 512 << 20;

    /// <summary>Entries at most; Microsoft.ML makes a handful per model, and models of their own per class.</summary>
    public const int MaximumEntries = 20_000;

    private const string Section = "model";

    // The earliest that a zip can say.
    private static readonly DateTimeOffset Moment = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The same content, written anew.</summary>
    /// <exception cref="LearningException"><c>fit_too_large</c>: it is over the bounds that reading has.</exception>
    public static byte[] Rewrite(Stream zip)
    {
        using MemoryStream written = new();
        using (ZipArchive source = new(zip, ZipArchiveMode.Read, leaveOpen: true))
        using (ZipArchive target = new(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (source.Entries.Count > MaximumEntries || source.Entries.Sum(entry => entry.Length) > MaximumBytes / 2)
            {
                throw new LearningException("fit_too_large", $"The model has more than {MaximumEntries} parts or {MaximumBytes / 2} bytes. Take fewer or smaller trees, or fewer classes.");
            }

            foreach (ZipArchiveEntry entry in source.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
            {
                ZipArchiveEntry copy = target.CreateEntry(entry.FullName, CompressionLevel.NoCompression);
                copy.LastWriteTime = Moment;
                using Stream from = entry.Open();
                using Stream to = copy.Open();
                from.CopyTo(to);
            }
        }

        return written.ToArray();
    }

    /// <summary>Checks that <see cref="Rewrite"/> may have made a zip, before anybody unpacks it.</summary>
    /// <exception cref="LearningException"><c>model_file_invalid</c>.</exception>
    public static void Check(ReadOnlyMemory<byte> zip)
    {
        if (zip.Length > MaximumBytes)
        {
            throw Invalid($"its zip has {zip.Length} bytes; the limit is {MaximumBytes}", null);
        }

        try
        {
            using ZipArchive archive = new(new MemoryStream(zip.ToArray(), writable: false), ZipArchiveMode.Read);
            Check(archive, zip.Length);
        }
        catch (InvalidDataException failure)
        {
            throw Invalid($"its zip cannot be read: {failure.Message}", failure);
        }
    }

    private static void Check(ZipArchive archive, int length)
    {
        if (archive.Entries.Count is 0 or > MaximumEntries)
        {
            throw Invalid($"its zip has {archive.Entries.Count} entries; there must be 1 to {MaximumEntries}", null);
        }

        long total = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            total += entry.Length;
            if (entry.Length != entry.CompressedLength || entry.Length < 0 || total > length)
            {
                throw Invalid($"entry '{entry.FullName}' of its zip is compressed, or longer than the zip", null);
            }

            // Microsoft.ML unpacks into a folder of its own, from which no name may lead out.
            if (entry.FullName.Split('/', '\\').Any(part => part is "" or "." or "..") || entry.FullName.Contains(':', StringComparison.Ordinal))
            {
                throw Invalid($"entry '{entry.FullName}' of its zip has no name of a file", null);
            }
        }
    }

    private static LearningException Invalid(string what, Exception? cause) => new("model_file_invalid", $"The model file's section '{Section}' is not valid: {what}.", Section, cause);
}
