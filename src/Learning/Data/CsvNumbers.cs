namespace Trainyard.Learning.Data;

/// <summary>Hands on the numbers of a CSV file, some thousand rows at a time, and keeps nothing.</summary>
internal sealed class CsvNumbers : ICsvColumns
{
    private readonly string[] names;
    private readonly Action<double[][]> take;

    private CsvNumbers(string[] names, Action<string[]> begin, Action<double[][]> take)
    {
        this.names = names;
        this.take = take;
        begin(names);
    }

    public int Count => names.Length;

    public bool AreUncertain => false;

    /// <summary>Reads a file to its end.</summary>
    /// <param name="stream">As <see cref="CsvSource.Read"/> takes it; stays open.</param>
    /// <param name="options">Its schema is not looked at: all columns must be numbers or missing.</param>
    /// <param name="begin">Takes the names of the columns, before any rows.</param>
    /// <param name="take">Takes one array per column, of equal length, in the order of the rows; missing is NaN.</param>
    /// <param name="cancellationToken">Observed at every read.</param>
    /// <exception cref="LearningException">Those of <see cref="CsvSource"/>; <c>not_a_number</c> for any other value.</exception>
    public static void Read(Stream stream, CsvOptions options, Action<string[]> begin, Action<double[][]> take, CancellationToken cancellationToken)
    {
        using Stream text = GzipText.DecompressIfGzip(stream);
        CsvReading<CsvNumbers> reading = new(options.Validated(), names => new CsvNumbers(names, begin, take));
        reading.ReadToEnd(text, cancellationToken);
        reading.Finish(cancellationToken);
    }

    public RowSink?[] FirstSinks() => NextSinks(0, 0);

    public RowSink?[] NextSinks(int rowsBefore, int capacity) =>
        Array.ConvertAll(names, name => (RowSink?)new TypedSink(new ColumnSchema(name, ColumnType.Number), rowsBefore, capacity));

    public void Begin(RowSink?[] sinks) => Absorb(sinks);

    public void Absorb(RowSink?[] sinks) => take(Array.ConvertAll(sinks, sink => ((NumberColumnBuilder)sink!.ToBuilder()).ToArray()));
}
