namespace Trainyard.Learning.Data;

/// <summary>Hands the cells of records to the sinks of their columns.</summary>
/// <param name="options">Limits and missing markers.</param>
/// <param name="sinks">One per column; null for a column that is not wanted.</param>
/// <param name="rowsBefore">Rows of the file before the first that is read here.</param>
internal sealed class CsvRows(CsvOptions options, RowSink?[] sinks, int rowsBefore)
{
    /// <summary>Rows read here.</summary>
    public int Count => Lines.Count;

    /// <summary>The lines that they begin on, as the scanner counts them.</summary>
    public RowLines Lines { get; } = new();

    /// <summary>Reads the records behind the present one, empty lines left out.</summary>
    public void AppendRest(CsvScanner record)
    {
        while (record.TryNext())
        {
            if (!record.IsBlank)
            {
                Append(record);
            }
        }
    }

    /// <summary>Reads the present record.</summary>
    /// <exception cref="LearningException">It has the wrong number of fields, is past a limit, or a value does not fit its column.</exception>
    public void Append(CsvScanner record)
    {
        if (record.FieldCount != sinks.Length)
        {
            throw ByteWindow.Error("csv_ragged_row", $"expected {sinks.Length} fields, found {record.FieldCount}.", record.Line);
        }

        int rows = rowsBefore + Count;
        if (rows >= options.Limits.MaxRows)
        {
            throw ByteWindow.Error("csv_too_many_rows", $"there are more than {options.Limits.MaxRows} rows.", record.Line);
        }

        if ((rows + 1L) * sinks.Length > options.Limits.MaxCells)
        {
            throw ByteWindow.Error("csv_too_many_cells", $"rows times columns are more than {options.Limits.MaxCells}.", record.Line);
        }

        for (int index = 0; index < sinks.Length; index++)
        {
            ReadOnlySpan<byte> text = record.Field(index);
            if (options.MissingMarkers.Match(text))
            {
                sinks[index]?.AppendMissing(record.Line);
            }
            else
            {
                sinks[index]?.Append(text, record.Line);
            }
        }

        Lines.Add(record.Line);
    }
}
