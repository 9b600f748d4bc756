namespace Trainyard.Learning.Data;

/// <summary>Refuses a CSV file that has come to its end without being one.</summary>
internal static class CsvEnd
{
    /// <param name="chunks">All that was read of it.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="hasHeading">Whether there was a record at all.</param>
    /// <param name="rows">Rows of data.</param>
    /// <exception cref="LearningException">It is too large (<c>csv_too_large</c>), has no record (<c>csv_empty</c>) or none but the header (<c>csv_header_only</c>).</exception>
    public static void Check(CsvChunks chunks, ReadLimits limits, bool hasHeading, long rows)
    {
        if (chunks.IsTooLarge)
        {
            throw new LearningException("csv_too_large", $"The file is larger than the limit of {limits.MaxTotalBytes} bytes.");
        }

        if (!hasHeading)
        {
            throw new LearningException("csv_empty", "The file has no rows; it must begin with a line of column names, followed by data.");
        }

        if (rows == 0)
        {
            throw new LearningException("csv_header_only", "The file has a line of column names and no data.");
        }
    }
}
