namespace Trainyard.Learning.Data;

/// <summary>Finds the delimiter of a CSV file from its beginning.</summary>
/// <remarks>
/// A candidate must occur in the first record. The one that divides the most records into as many fields as the first
/// wins; at a tie the one that makes more fields, then the order comma, semicolon, tab, pipe. A file of one column reads
/// as comma-separated.
/// </remarks>
internal static class CsvDelimiter
{
    private const int MaxRecords = 100;
    private const byte Quote = (byte)'"';

    private static readonly byte[] Candidates = ",;\t|"u8.ToArray();

    /// <param name="sample">The beginning of the file, without a byte order mark.</param>
    /// <param name="whole">Whether the sample is the whole file; otherwise its last record is left out of account.</param>
    public static byte Detect(ReadOnlySpan<byte> sample, bool whole)
    {
        byte best = Candidates[0];
        (double Agreement, int Fields) bestScore = default;
        foreach (byte candidate in Candidates)
        {
            (double Agreement, int Fields) score = Score(DelimitersPerRecord(sample, candidate, whole));
            if (score.CompareTo(bestScore) > 0)
            {
                (best, bestScore) = (candidate, score);
            }
        }

        return best;
    }

    private static (double Agreement, int Fields) Score(List<int> delimiters)
    {
        if (delimiters.Count == 0 || delimiters[0] == 0)
        {
            return default;
        }

        int agreeing = delimiters.Count(count => count == delimiters[0]);
        return ((double)agreeing / delimiters.Count, delimiters[0]);
    }

    private static List<int> DelimitersPerRecord(ReadOnlySpan<byte> sample, byte delimiter, bool whole)
    {
        List<int> counts = [];
        int count = 0;
        bool quoted = false;
        bool quoteOpens = true;
        bool blank = true;
        foreach (byte value in sample)
        {
            if (!quoted && value is (byte)'\r' or (byte)'\n')
            {
                if (!blank && counts.Count < MaxRecords)
                {
                    counts.Add(count);
                }

                (count, quoteOpens, blank) = (0, true, true);
                continue;
            }

            bool isQuote = value == Quote && (quoted || quoteOpens);
            bool isDelimiter = !quoted && value == delimiter;
            quoted ^= isQuote;
            count += isDelimiter ? 1 : 0;
            blank = false;

            // Right behind a closing quote another one reopens the field: together they are one doubled quote.
            quoteOpens = isDelimiter || isQuote;
        }

        if (!blank && (whole || counts.Count == 0))
        {
            counts.Add(count);
        }

        return counts;
    }
}
