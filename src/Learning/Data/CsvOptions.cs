namespace Trainyard.Learning.Data;

/// <summary>How a CSV file is to be read.</summary>
public sealed record CsvOptions
{
    /// <summary>Everything detected, default limits.</summary>
    public static CsvOptions Default { get; } = new();

    /// <summary>The field delimiter, any ASCII character but a quote or line end; null to detect comma, semicolon, tab or pipe.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether the first record names the columns.</summary>
    public CsvHeader Header { get; init; } = CsvHeader.Detect;

    /// <summary>Texts that stand for a missing value.</summary>
    public MissingMarkers MissingMarkers { get; init; } = MissingMarkers.Default;

    /// <summary>
    /// What the columns must be, found by name in any order; null to infer it. Columns of the file that it does not name
    /// are an error.
    /// </summary>
    public TableSchema? Schema { get; init; }

    /// <summary>Bounds.</summary>
    public ReadLimits Limits { get; init; } = ReadLimits.Default;

    /// <summary>Threads to use at most; it changes the time, never the result.</summary>
    public int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes read and handed to a thread at a time; it changes the time, never the result, where the delimiter is given or it is at least <see cref="CsvChunks.FirstBytes"/>.</summary>
    internal int ChunkBytes { get; init; } = CsvChunks.DefaultBytes;

    /// <exception cref="LearningException">The delimiter or a limit cannot be used.</exception>
    internal CsvOptions Validated()
    {
        Limits.Validate();
        if (Delimiter is { } given && (!char.IsAscii(given) || given is '"' or '\r' or '\n' or '\0'))
        {
            throw new LearningException("csv_delimiter_invalid", "The delimiter must be an ASCII character other than a quote or a line end.", "delimiter");
        }

        return this;
    }
}
