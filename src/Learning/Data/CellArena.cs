namespace Trainyard.Learning.Data;

/// <summary>
/// The cells of one column as text, one after another, until its type is known: about as large as they were in the file.
/// </summary>
internal sealed class CellArena
{
    private const int FirstChunk = 1024;
    private const int LargestChunk = 1024 * 1024;

    /// <summary>Bytes that a 32-bit length takes at most, seven bits in each.</summary>
    private const int MaxLengthBytes = 5;

    private readonly List<byte[]> full = [];
    private byte[] chunk = new byte[FirstChunk];
    private int used;

    /// <summary>Cells, missing ones included.</summary>
    public int Count { get; private set; }

    /// <summary>Cells without a value.</summary>
    public int MissingCount { get; private set; }

    public void AppendMissing()
    {
        Append([]);
        MissingCount++;
    }

    /// <param name="text">The cell; an empty one is missing.</param>
    public void Append(ReadOnlySpan<byte> text)
    {
        int needed = text.Length + MaxLengthBytes;
        if (needed > chunk.Length - used)
        {
            StartChunk(needed);
        }

        uint length = (uint)text.Length;
        for (; length >= 0x80; length >>= 7)
        {
            chunk[used++] = (byte)(length | 0x80);
        }

        chunk[used++] = (byte)length;
        text.CopyTo(chunk.AsSpan(used));
        used += text.Length;
        Count++;
    }

    /// <summary>Reads the cells from the first one on.</summary>
    public Reader Read() => new(this);

    private void StartChunk(int needed)
    {
        Array.Resize(ref chunk, used);
        full.Add(chunk);
        int size = Math.Min(LargestChunk, 2 * Math.Max(chunk.Length, FirstChunk));
        chunk = new byte[Math.Max(size, needed)];
        used = 0;
    }

    public ref struct Reader(CellArena arena)
    {
        private int nextChunk;
        private ReadOnlySpan<byte> rest;

        /// <summary>The next cell, empty when it is missing; false behind the last one.</summary>
        public bool TryNext(out ReadOnlySpan<byte> text)
        {
            while (rest.IsEmpty)
            {
                if (nextChunk > arena.full.Count)
                {
                    text = default;
                    return false;
                }

                rest = nextChunk == arena.full.Count ? arena.chunk.AsSpan(0, arena.used) : arena.full[nextChunk];
                nextChunk++;
            }

            int length = TakeLength();
            text = rest[..length];
            rest = rest[length..];
            return true;
        }

        private int TakeLength()
        {
            int length = 0;
            int shift = 0;
            byte part;
            do
            {
                part = rest[0];
                rest = rest[1..];
                length |= (part & 0x7F) << shift;
                shift += 7;
            }
            while (part >= 0x80);

            return length;
        }
    }
}
