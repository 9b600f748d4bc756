using System.Security.Cryptography;
using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Learning.Streams;

namespace Trainyard.Domain.Batches.Steps;

/// <summary>The results of all stretches, one behind the other, hashed while they are read.</summary>
/// <param name="blobs">Where they are.</param>
/// <param name="parts">The stretches in their order.</param>
internal sealed class PartsStream(IBlobStore blobs, IReadOnlyList<ChunkRecord> parts) : ReadOnlyStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int next;
    private Stream? open;
    private long left;

    public long BytesRead { get; private set; }

    /// <summary>SHA-256 of what was read so far, lower-case hex.</summary>
    public string Sha256() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Stores read what they are given asynchronously.");

    /// <exception cref="ProblemException"><c>batch_part_gone</c>: a stretch's results are gone, or not as long as they were.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (left == 0)
        {
            if (next == parts.Count)
            {
                return 0;
            }

            await OpenNextAsync(cancellationToken);
        }

        int count = await open!.ReadAsync(buffer[..(int)Math.Min(left, buffer.Length)], cancellationToken);
        if (count == 0)
        {
            throw BatchProblems.PartGone();
        }

        left -= count;
        BytesRead += count;
        hash.AppendData(buffer.Span[..count]);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            open?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task OpenNextAsync(CancellationToken cancellationToken)
    {
        if (open is not null)
        {
            await open.DisposeAsync();
        }

        ChunkRecord part = parts[next++];
        open = await blobs.OpenReadAsync(BatchKeys.Container, part.Path, cancellationToken) ?? throw BatchProblems.PartGone();
        left = part.Bytes;
    }
}
