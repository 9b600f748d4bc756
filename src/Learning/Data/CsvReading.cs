namespace Trainyard.Learning.Data;

/// <summary>
/// One CSV file while it is being read: cuts what comes in into chunks, has several read at a time, each as if it were the
/// first, and puts them together in their order. An error in a chunk shows when its turn comes, by reading it again with
/// the lines and rows before it known; so the first error of the file is the one that is told.
/// </summary>
/// <param name="options">How to read it, validated.</param>
/// <param name="columnsOf">Makes the columns from their names.</param>
internal sealed class CsvReading<TColumns>(CsvOptions options, Func<string[], TColumns> columnsOf)
    where TColumns : class, ICsvColumns
{
    private readonly CsvChunks chunks = new(options.Limits, options.ChunkBytes);
    /// <summary>Threads at most.</summary>
    public int Threads { get; } = options.MaxDegreeOfParallelism < 0 ? Environment.ProcessorCount : options.MaxDegreeOfParallelism;
    private readonly Queue<Task<CsvPiece>> underWay = [];
    private TColumns? columns;
    private RowSink?[]? firstSinks;
    private bool begun;
    private long line = 1;

    /// <summary>Whether the stream has no more bytes than were read.</summary>
    public bool Ended => chunks.Ended;

    /// <summary>The chunks behind the first rows whose bytes may be needed again, in order.</summary>
    public List<CsvChunk> Kept { get; } = [];

    /// <summary>Where the rows begin.</summary>
    public RowLines Rows { get; } = new();

    /// <summary>The chunk whose turn is next, when as many are being read as should be; else null.</summary>
    public Task? Crowd => underWay.Count > Threads ? underWay.Peek() : null;

    /// <summary>Reads from the stream and starts on what is whole.</summary>
    public void Fill(Stream stream)
    {
        chunks.Fill(stream);
        Consume();
    }

    /// <inheritdoc cref="Fill"/>
    public async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        await chunks.FillAsync(stream, cancellationToken).ConfigureAwait(false);
        Consume();
    }

    /// <summary>Takes the rows of the chunk whose turn is next; waits for it when it is still being read.</summary>
    public void TakeNext()
    {
        CsvPiece piece = underWay.Dequeue().GetAwaiter().GetResult();
        long total = (long)Rows.Count + piece.Rows.Count;
        bool isAgain = piece.HasFailed || total > options.Limits.MaxRows || total * columns!.Count > options.Limits.MaxCells;
        if (isAgain)
        {
            piece = Read(piece.Chunk, columns!.NextSinks(Rows.Count, 0), line, Rows.Count);
        }

        // A piece that was read again counts its lines from the file's beginning already.
        Rows.Absorb(piece.Rows, isAgain ? 1 : line);
        line += piece.Lines;
        columns!.Absorb(piece.Sinks);
        if (columns.AreUncertain)
        {
            Kept.Add(piece.Chunk);
        }
        else
        {
            chunks.Return(piece.Chunk);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    public void ReadToEnd(Stream stream, CancellationToken cancellationToken)
    {
        while (!Ended)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Fill(stream);
            while (Crowd is not null)
            {
                TakeNext();
            }
        }
    }

    /// <summary>The columns with all rows, once the stream has ended.</summary>
    /// <exception cref="LearningException">There is an error in the file, it is too large, has no record (<c>csv_empty</c>) or none but the header (<c>csv_header_only</c>).</exception>
    public TColumns Finish(CancellationToken cancellationToken)
    {
        while (underWay.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TakeNext();
        }

        CsvEnd.Check(chunks, options.Limits, columns is not null, Rows.Count);
        return columns!;
    }

    private void Consume()
    {
        if (!begun)
        {
            begun = true;
            CsvBeginning.Settle(chunks, options);
        }

        while (chunks.Take() is { } chunk)
        {
            if (Rows.Count == 0)
            {
                ReadFirst(chunk);
            }
            else
            {
                underWay.Enqueue(Threads == 1 ? Task.FromResult(TryRead(chunk)) : Task.Run(() => TryRead(chunk)));
            }
        }
    }

    /// <summary>Reads until there are rows; they say how the others are likely to look.</summary>
    private void ReadFirst(CsvChunk chunk)
    {
        CsvScanner record = new(chunk, options.Limits, chunks.Delimiter, line);
        bool isData = false;
        while (columns is null && record.TryNext())
        {
            if (!record.IsBlank)
            {
                columns = columnsOf(CsvHeading.Names(record, options, out isData));
                firstSinks = columns.FirstSinks();
            }
        }

        if (columns is not null)
        {
            CsvRows reader = new(options, firstSinks!, 0);
            if (isData)
            {
                reader.Append(record);
            }

            reader.AppendRest(record);
            columns.Begin(firstSinks!);
            Rows.Absorb(reader.Lines, 1);
        }

        line = record.NextLine;
    }

    private CsvPiece TryRead(CsvChunk chunk)
    {
        try
        {
            return Read(chunk, columns!.NextSinks(0, RowsExpected(chunk, columns.Count)), 1, 0);
        }
        catch (LearningException)
        {
            return CsvPiece.Failed(chunk);
        }
    }

    /// <summary>Reads a chunk by itself.</summary>
    public CsvPiece Read(CsvChunk chunk, RowSink?[] sinks, long firstLine, int rowsBefore)
    {
        CsvScanner record = new(chunk, options.Limits, chunks.Delimiter, firstLine);
        CsvRows reader = new(options, sinks, rowsBefore);
        reader.AppendRest(record);
        return new CsvPiece(chunk, reader.Lines, record.NextLine - firstLine, sinks);
    }

    /// <summary>Every row ends a line, and has a byte for each of its columns.</summary>
    private static int RowsExpected(CsvChunk chunk, int columns)
    {
        int lines = chunk.Bytes.Count((byte)'\n');
        return Math.Min((lines > 0 ? lines : chunk.Bytes.Count((byte)'\r')) + 1, (chunk.Bytes.Length / columns) + 1);
    }
}
