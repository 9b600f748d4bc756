using Trainyard.Learning.Streams;

namespace Trainyard.Learning.Data.Blocks;

/// <summary>A file of rows that can be read from its beginning more than once, some thousand rows at a time. Immutable.</summary>
public sealed class RowSource
{
    private readonly Func<Stream> open;
    private readonly Action<Stream, IRowBlocks, CancellationToken> read;

    private RowSource(Func<Stream> open, TableSchema? schema, Action<Stream, IRowBlocks, CancellationToken> read) =>
        (this.open, Schema, this.read) = (open, schema, read);

    /// <summary>What the columns must be; null to infer it.</summary>
    public TableSchema? Schema { get; }

    /// <summary>A CSV file, as <see cref="CsvSource"/> reads it.</summary>
    /// <param name="open">Opens it; must give the same bytes each time.</param>
    /// <param name="options">Null for <see cref="CsvOptions.Default"/>. Its limits count rows and cells read, though they are not kept.</param>
    public static RowSource Csv(Func<Stream> open, CsvOptions? options = null)
    {
        CsvOptions chosen = options ?? CsvOptions.Default;
        return new RowSource(open, chosen.Schema, (stream, rows, cancellationToken) =>
        {
            CsvReading<CsvBlocks> reading = new(chosen.Validated(), names => new CsvBlocks(names, chosen.Schema, rows));
            reading.ReadToEnd(stream, cancellationToken);
            reading.Finish(cancellationToken);
        });
    }

    /// <summary>A file of JSON objects, one a line, as <see cref="NdjsonSource"/> reads it.</summary>
    /// <param name="open">Opens it; must give the same bytes each time.</param>
    /// <param name="options">Null for <see cref="NdjsonOptions.Default"/>. Its limits count rows and cells read, though they are not kept.</param>
    public static RowSource Ndjson(Func<Stream> open, NdjsonOptions? options = null)
    {
        NdjsonOptions chosen = options ?? NdjsonOptions.Default;
        return new RowSource(open, chosen.Schema, (stream, rows, cancellationToken) =>
        {
            NdjsonReading reading = new(chosen, (name, rowsBefore) => SinkOf(rows.SchemaOf(name), rowsBefore));
            while (!reading.Window.Ended)
            {
                cancellationToken.ThrowIfCancellationRequested();
                reading.Window.Fill(stream);
                reading.Consume();
                if (reading.TakeBlock() is { } block)
                {
                    rows.Take(block);
                }
            }

            reading.CheckNotEmpty();
        });
    }

    /// <summary>Reads the file once and keeps a sample of its rows, in their order. Every row is checked, drawn or not.</summary>
    /// <param name="sampling">Which rows.</param>
    /// <param name="cancellationToken">Observed at every read.</param>
    /// <returns>The table that a file of those rows alone would be.</returns>
    /// <exception cref="LearningException">As of the sources.</exception>
    public Table ReadSample(RowSampling sampling, CancellationToken cancellationToken = default)
    {
        ReservoirRows reservoir = new(sampling, Schema);
        Read(reservoir, cancellationToken);
        return reservoir.Build();
    }

    /// <summary>Reads the file from its beginning to its end, gzip undone.</summary>
    /// <returns>SHA-256 of its bytes in lower-case hexadecimal.</returns>
    /// <exception cref="LearningException">As of the sources.</exception>
    internal string Read(IRowBlocks rows, CancellationToken cancellationToken)
    {
        using HashedStream bytes = new(open());
        using (Stream text = GzipText.DecompressIfGzip(bytes))
        {
            read(text, rows, cancellationToken);
        }

        return bytes.HashToEnd(cancellationToken);
    }

    private static RowSink SinkOf(ColumnSchema? schema, int rowsBefore) =>
        schema is null ? new SniffingSink(0) : new TypedSink(schema, rowsBefore);
}
