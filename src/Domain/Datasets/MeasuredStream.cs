using System.Security.Cryptography;
using Trainyard.Learning.Streams;

namespace Trainyard.Domain.Datasets;

/// <summary>Passes text through once, forward only, while it hashes and bounds it. The inner stream stays open.</summary>
/// <remarks>A line over the limit stops the reading at once, so that an endless line costs no more than the limit.</remarks>
internal sealed class MeasuredStream(Stream inner, long maxBytes, int maxLineBytes) : ReadOnlyStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long line = 1;
    private long lineBytes;

    public long BytesRead { get; private set; }

    public override long Position
    {
        get => BytesRead;
        set => throw new NotSupportedException();
    }

    /// <summary>SHA-256 of what was read so far, lower-case hex.</summary>
    public string Sha256() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public override int Read(Span<byte> buffer) => Measure(buffer, inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await inner.ReadAsync(buffer, cancellationToken);
        return Measure(buffer.Span, count);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Measure(ReadOnlySpan<byte> buffer, int count)
    {
        ReadOnlySpan<byte> read = buffer[..count];
        BytesRead += count;
        if (BytesRead > maxBytes)
        {
            throw DatasetProblems.TooLarge(maxBytes);
        }

        MeasureLines(read);
        hash.AppendData(read);
        return count;
    }

    // A carriage return alone ended lines on old systems, and readers still take it.
    private void MeasureLines(ReadOnlySpan<byte> read)
    {
        while (!read.IsEmpty)
        {
            int end = read.IndexOfAny((byte)'\n', (byte)'\r');
            lineBytes += end < 0 ? read.Length : end;
            if (lineBytes > maxLineBytes)
            {
                throw DatasetProblems.LineTooLong(line, maxLineBytes);
            }

            if (end < 0)
            {
                return;
            }

            line += read[end] == '\n' ? 1 : 0;
            lineBytes = 0;
            read = read[(end + 1)..];
        }
    }
}
