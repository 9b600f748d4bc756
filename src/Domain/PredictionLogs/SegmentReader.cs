using Trainyard.Domain.Ports;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>Reads the lines of one segment, forwards or backwards, a stretch at a time: never more of it in memory than a stretch or a line.</summary>
/// <param name="blobs">Where it is.</param>
/// <param name="path">Its path.</param>
/// <param name="end">Bytes of it that are looked at: what comes meanwhile is left for the next look.</param>
internal sealed class SegmentReader(IBlobStore blobs, string path, long end)
{
    private const int StretchBytes = 256 * 1024;

    private byte[] buffer = new byte[StretchBytes];

    /// <summary>Sees a line; false ends the reading.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="start">Where it begins in the segment.</param>
    /// <param name="next">Where the line after it begins.</param>
    public delegate bool LineVisit(ReadOnlySpan<byte> line, long start, long next);

    /// <summary>Bytes that were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Reads lines forwards, from the first that begins at a place or after it.</summary>
    /// <returns>False when the visitor ended it.</returns>
    public async Task<bool> ReadForwardsAsync(long from, LineVisit visit, CancellationToken cancellationToken)
    {
        // Whatever place a caller names, lines are read whole: what ends there, or goes on over it, is passed by.
        bool isPassing = from-- > 0;
        from = Math.Max(from, 0);
        while (from < end)
        {
            int read = await ReadAsync(from, (int)Math.Min(buffer.Length, end - from), cancellationToken);
            int used = buffer.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
            if (used == 0)
            {
                if (read == 0 || from + read >= end)
                {
                    return true;
                }

                Enlarge();
                continue;
            }

            for (int start = 0; start < used;)
            {
                int length = buffer.AsSpan(start, used - start).IndexOf((byte)'\n');
                if (!isPassing && !visit(buffer.AsSpan(start, length), from + start, from + start + length + 1))
                {
                    return false;
                }

                isPassing = false;
                start += length + 1;
            }

            from += used;
        }

        return true;
    }

    /// <summary>Reads lines backwards, from one that ends before a place.</summary>
    /// <returns>False when the visitor ended it.</returns>
    public async Task<bool> ReadBackwardsAsync(long before, LineVisit visit, CancellationToken cancellationToken)
    {
        before = Math.Min(before, end);
        while (before > 0)
        {
            int wanted = (int)Math.Min(buffer.Length, before);
            long from = before - wanted;
            int read = await ReadAsync(from, wanted, cancellationToken);

            // What stands before the first end of a line began before this stretch, unless the segment does here.
            int first = from == 0 ? 0 : buffer.AsSpan(0, read).IndexOf((byte)'\n') + 1;
            int last = buffer.AsSpan(0, read).LastIndexOf((byte)'\n');
            if (last < first)
            {
                if (read < wanted || from == 0)
                {
                    return true;
                }

                Enlarge();
                continue;
            }

            for (int stop = last; stop >= first;)
            {
                int start = buffer.AsSpan(first, stop - first).LastIndexOf((byte)'\n') + first + 1;
                if (!visit(buffer.AsSpan(start, stop - start), from + start, from + stop + 1))
                {
                    return false;
                }

                stop = start - 1;
            }

            before = from + first;
        }

        return true;
    }

    private async Task<int> ReadAsync(long from, int count, CancellationToken cancellationToken)
    {
        await using Stream? stretch = await blobs.OpenRangeAsync(LogSegmentName.Container, path, from, count, cancellationToken);
        int read = stretch is null ? 0 : await stretch.ReadAtLeastAsync(buffer.AsMemory(0, count), count, throwOnEndOfStream: false, cancellationToken);
        BytesRead += read;
        return read;
    }

    private void Enlarge() => buffer = new byte[buffer.Length * 2];
}
