namespace Trainyard.Learning.Data;

/// <summary>Names the columns of a CSV file from its first record.</summary>
internal static class CsvHeading
{
    /// <param name="record">Stands on the first record.</param>
    /// <param name="options">Whether that names the columns, and limits.</param>
    /// <param name="isData">Whether it is a row of data as well.</param>
    /// <exception cref="LearningException">A name is too long, has control characters or is there twice.</exception>
    public static string[] Names(CsvScanner record, CsvOptions options, out bool isData)
    {
        isData = options.Header == CsvHeader.Absent || (options.Header == CsvHeader.Detect && LooksLikeData(record));
        string[] names = new string[record.FieldCount];
        for (int index = 0; index < names.Length; index++)
        {
            string name = isData ? "" : ColumnNames.Checked(record.Field(index), options.Limits, "csv", record.Line);
            names[index] = name.Length == 0 ? ColumnNames.Default(index) : name;
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        return Array.Find(names, name => !seen.Add(name)) is { } twice
            ? throw ByteWindow.Error("csv_duplicate_column", $"the column '{twice}' is there twice; rename one.", record.Line, twice)
            : names;
    }

    private static bool LooksLikeData(CsvScanner record)
    {
        for (int index = 0; index < record.FieldCount; index++)
        {
            ReadOnlySpan<byte> text = record.Field(index);
            if (ValueText.TryNumber(text, out _) || ValueText.TryDate(text, out _) || ValueText.TryBoolean(text, out _))
            {
                return true;
            }
        }

        return false;
    }
}
