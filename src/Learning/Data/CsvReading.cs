namespace Trainyard.Learning.Data;

/// <summary>One CSV file while it is being read: takes what the window holds, again and again, then builds the table.</summary>
internal sealed class CsvReading(CsvOptions options)
{
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];
    private static readonly byte[][] Utf16Marks = [[0xFE, 0xFF], [0xFF, 0xFE]];

    private CsvScanner? scanner;
    private RowSink[]? sinks;
    private int rows;

    public ByteWindow Window { get; } = new(options.Limits, "csv");

    /// <summary>Takes every whole record of the window.</summary>
    public void Consume()
    {
        scanner ??= Begin();
        while (scanner.TryNext())
        {
            if (scanner.IsBlank)
            {
                continue;
            }

            if (sinks is null && !TryHeader())
            {
                continue;
            }

            AppendRow(sinks!);
        }
    }

    /// <summary>The table, once the stream has ended.</summary>
    /// <exception cref="LearningException">There was no record (<c>csv_empty</c>) or none but the header (<c>csv_header_only</c>).</exception>
    public Table Build(CancellationToken cancellationToken)
    {
        if (sinks is null)
        {
            throw new LearningException("csv_empty", "The file has no rows; it must begin with a line of column names, followed by data.");
        }

        if (rows == 0)
        {
            throw new LearningException("csv_header_only", "The file has a line of column names and no data.");
        }

        Column[] columns = new Column[sinks.Length];
        for (int index = 0; index < columns.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            columns[index] = sinks[index].Build();
            sinks[index] = null!;
        }

        return SchemaOrder.Apply(columns, options.Schema);
    }

    private CsvScanner Begin()
    {
        ReadOnlySpan<byte> bytes = Window.Bytes;
        foreach (byte[] mark in Utf16Marks)
        {
            if (bytes.StartsWith(mark))
            {
                throw ByteWindow.Error("csv_not_utf8", "the file is UTF-16; save it as UTF-8.", 1);
            }
        }

        if (bytes.StartsWith(Utf8Mark))
        {
            Window.Start = Utf8Mark.Length;
        }

        byte delimiter = options.Delimiter is { } given ? (byte)given : CsvDelimiter.Detect(bytes[Window.Start..], Window.Ended);
        return new CsvScanner(Window, options.Limits, delimiter);
    }

    /// <summary>Makes the columns from the first record; true when that is a row of data as well.</summary>
    private bool TryHeader()
    {
        bool isData = options.Header == CsvHeader.Absent || (options.Header == CsvHeader.Detect && LooksLikeData());
        string[] names = new string[scanner!.FieldCount];
        for (int index = 0; index < names.Length; index++)
        {
            string name = isData ? "" : ColumnNames.Checked(scanner.Field(index), options.Limits, "csv", scanner.Line);
            names[index] = name.Length == 0 ? ColumnNames.Default(index) : name;
        }

        CheckDistinct(names);
        sinks = SchemaOrder.SinksFor(names, options.Schema);
        return isData;
    }

    private bool LooksLikeData()
    {
        for (int index = 0; index < scanner!.FieldCount; index++)
        {
            ReadOnlySpan<byte> text = scanner.Field(index);
            if (ValueText.TryNumber(text, out _) || ValueText.TryDate(text, out _) || ValueText.TryBoolean(text, out _))
            {
                return true;
            }
        }

        return false;
    }

    private void CheckDistinct(string[] names)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        if (Array.Find(names, name => !seen.Add(name)) is { } twice)
        {
            throw ByteWindow.Error("csv_duplicate_column", $"the column '{twice}' is there twice; rename one.", scanner!.Line, twice);
        }
    }

    private void AppendRow(RowSink[] columns)
    {
        CsvScanner record = scanner!;
        if (record.FieldCount != columns.Length)
        {
            throw ByteWindow.Error("csv_ragged_row", $"expected {columns.Length} fields, found {record.FieldCount}.", record.Line);
        }

        if (rows == options.Limits.MaxRows)
        {
            throw ByteWindow.Error("csv_too_many_rows", $"there are more than {options.Limits.MaxRows} rows.", record.Line);
        }

        if ((rows + 1L) * columns.Length > options.Limits.MaxCells)
        {
            throw ByteWindow.Error("csv_too_many_cells", $"rows times columns are more than {options.Limits.MaxCells}.", record.Line);
        }

        for (int index = 0; index < columns.Length; index++)
        {
            ReadOnlySpan<byte> text = record.Field(index);
            if (options.MissingMarkers.Match(text))
            {
                columns[index].AppendMissing(record.Line);
            }
            else
            {
                columns[index].Append(text, record.Line);
            }
        }

        rows++;
    }
}
