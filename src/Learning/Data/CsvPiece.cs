namespace Trainyard.Learning.Data;

/// <summary>What one chunk came to.</summary>
/// <param name="Chunk">Its bytes.</param>
/// <param name="Rows">The lines that its rows begin on.</param>
/// <param name="Lines">Lines in it.</param>
/// <param name="Sinks">Its cells, by column; null for a column that was not wanted.</param>
internal sealed record CsvPiece(CsvChunk Chunk, RowLines Rows, long Lines, RowSink?[] Sinks)
{
    /// <summary>A chunk with an error in it. Which, its lines and rows counted from the file's beginning, is seen when it is read again in its turn.</summary>
    public static CsvPiece Failed(CsvChunk chunk) => new(chunk, new RowLines(), 0, []) { HasFailed = true };

    /// <summary>Whether there was an error.</summary>
    public bool HasFailed { get; private init; }
}
