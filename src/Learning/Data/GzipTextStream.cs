using System.IO.Compression;
using Trainyard.Learning.Streams;

namespace Trainyard.Learning.Data;

/// <summary>Decompresses, either always or when the first two bytes are those of gzip. The inner stream stays open.</summary>
internal sealed class GzipTextStream(Stream inner, bool always) : ReadOnlyStream
{
    private static readonly byte[] Magic = [0x1F, 0x8B];

    private readonly byte[] head = new byte[Magic.Length];
    private Stream? text;

    public override int Read(Span<byte> buffer)
    {
        text ??= Open(inner.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        try
        {
            return text.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        text ??= Open(await inner.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
        try
        {
            return await text.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text?.Dispose();
        }

        base.Dispose(disposing);
    }

    private Stream Open(int count)
    {
        PrefixedStream whole = new(head.AsMemory(0, count), inner);
        return always || head.AsSpan(0, count).SequenceEqual(Magic) ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }

    private static LearningException Damaged(InvalidDataException cause) =>
        new(GzipText.InvalidCode, "The data is said to be gzip, by its first bytes or its sender, and is not, or breaks off.", null, cause);
}
