namespace Trainyard.Learning.Data;

/// <summary>Settles what must be known before the first record of a CSV file is read.</summary>
internal static class CsvBeginning
{
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];
    private static readonly byte[][] Utf16Marks = [[0xFE, 0xFF], [0xFF, 0xFE]];

    /// <summary>Skips a byte order mark and gives the chunks their delimiter.</summary>
    /// <param name="chunks">Filled once, and nothing taken yet.</param>
    /// <param name="options">May name the delimiter.</param>
    /// <returns>Bytes skipped.</returns>
    /// <exception cref="LearningException">The file is UTF-16 (<c>csv_not_utf8</c>).</exception>
    public static int Settle(CsvChunks chunks, CsvOptions options)
    {
        ReadOnlySpan<byte> bytes = chunks.Pending;
        foreach (byte[] mark in Utf16Marks)
        {
            if (bytes.StartsWith(mark))
            {
                throw ByteWindow.Error("csv_not_utf8", "the file is UTF-16; save it as UTF-8.", 1);
            }
        }

        int skipped = bytes.StartsWith(Utf8Mark) ? Utf8Mark.Length : 0;
        chunks.Start += skipped;
        chunks.Delimiter = options.Delimiter is { } given ? (byte)given : CsvDelimiter.Detect(chunks.Pending, chunks.Ended);
        return skipped;
    }
}
