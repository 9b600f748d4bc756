using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Trainyard.Learning.Data.Blocks;

namespace Trainyard.Learning.Data;

/// <summary>One file of JSON lines while it is being read.</summary>
internal sealed class NdjsonReading
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 2 };

    private readonly NdjsonOptions options;
    private readonly Func<string, int, RowSink> sinkOf;
    private readonly List<string> names = [];
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly List<RowSink> sinks = [];
    private byte[] unescaped = [];
    private bool begun;
    private readonly RowLines lines = new();
    private int rows;
    private int rowsHandedOn;

    /// <param name="options">How to read it.</param>
    /// <param name="sinkOf">Where the cells of a column go that no schema gives a type, by its name and the rows before; null to infer types from all rows.</param>
    public NdjsonReading(NdjsonOptions options, Func<string, int, RowSink>? sinkOf = null)
    {
        options.Limits.Validate();
        this.options = options;
        this.sinkOf = sinkOf ?? ((_, _) => new InferringSink());
        lookup = indices.GetAlternateLookup<ReadOnlySpan<char>>();
        Window = new ByteWindow(options.Limits, "ndjson");
        foreach (ColumnSchema column in options.Schema?.Columns ?? [])
        {
            AddColumn(column.Name);
        }
    }

    public ByteWindow Window { get; }

    /// <summary>Takes every whole line of the window.</summary>
    public void Consume()
    {
        if (!begun)
        {
            begun = true;
            Window.SkipMark();
        }

        while (Window.TryLine(out ReadOnlySpan<byte> line))
        {
            if (!line.Trim(" \t\r"u8).IsEmpty)
            {
                AppendRow(line);
            }

            Window.Line++;
        }
    }

    /// <summary>The rows since the last block, which are not held any more; null when there are none.</summary>
    public RowBlock? TakeBlock()
    {
        if (rows == rowsHandedOn || sinks.Count == 0)
        {
            return null;
        }

        RowBlock? block = RowBlock.Of(names, sinks);
        rowsHandedOn = rows;
        for (int index = 0; index < sinks.Count; index++)
        {
            sinks[index] = SinkFor(names[index]);
        }

        return block;
    }

    /// <exception cref="LearningException">There was no object (<c>ndjson_empty</c>).</exception>
    public void CheckNotEmpty()
    {
        if (rows == 0 || sinks.Count == 0)
        {
            throw new LearningException("ndjson_empty", "The file has no JSON object with members; it must have one a line.");
        }
    }

    /// <exception cref="LearningException">There was no object (<c>ndjson_empty</c>).</exception>
    public Table Build(CancellationToken cancellationToken)
    {
        CheckNotEmpty();
        Column[] columns = new Column[sinks.Count];
        foreach ((string name, int index) in indices)
        {
            cancellationToken.ThrowIfCancellationRequested();
            columns[index] = SchemaOrder.Build(name, sinks[index].ToBuilder(), options.Schema);
        }

        return SchemaOrder.Apply(columns, options.Schema, lines);
    }

    private void AppendRow(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line))
        {
            throw ByteWindow.Error("ndjson_not_utf8", "the bytes are not UTF-8; save the file as UTF-8.", Window.Line);
        }

        if (rows == options.Limits.MaxRows)
        {
            throw ByteWindow.Error("ndjson_too_many_rows", $"there are more than {options.Limits.MaxRows} rows.", Window.Line);
        }

        CheckCells(sinks.Count);
        Utf8JsonReader reader = new(line, ReaderOptions);
        try
        {
            ReadObject(ref reader);
        }
        catch (JsonException exception)
        {
            throw new LearningException("ndjson_malformed", $"Line {Window.Line}: not one JSON object: {exception.Message}", null, exception) { Line = Window.Line };
        }

        rows++;
        lines.Add(Window.Line);
        foreach (RowSink sink in sinks)
        {
            if (sink.Count < rows - rowsHandedOn)
            {
                sink.AppendMissing(Window.Line);
            }
        }
    }

    private void ReadObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw ByteWindow.Error("ndjson_not_object", "each line must be one JSON object.", Window.Line);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            RowSink sink = SinkOf(ref reader);
            reader.Read();
            AppendValue(sink, ref reader);
        }

        // What follows the object on its line makes the reader throw.
        reader.Read();
    }

    private RowSink SinkOf(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> utf8 = TextOf(ref reader);
        Span<char> characters = utf8.Length <= 256 ? stackalloc char[256] : new char[utf8.Length];
        int length = Encoding.UTF8.GetChars(utf8, characters);
        if (!lookup.TryGetValue(characters[..length], out int index))
        {
            string name = ColumnNames.Checked(utf8, options.Limits, "ndjson", Window.Line);
            index = indices.TryGetValue(name, out int known) ? known : AddColumn(name);
        }

        RowSink sink = sinks[index];
        return sink.Count > rows - rowsHandedOn
            ? throw ByteWindow.Error("ndjson_duplicate_member", "the object has a member twice.", Window.Line, characters[..length].ToString())
            : sink;
    }

    private int AddColumn(string name)
    {
        if (name.Length == 0)
        {
            throw ByteWindow.Error("ndjson_column_name_invalid", "a member has an empty name.", Window.Line);
        }

        if (sinks.Count == options.Limits.MaxColumns)
        {
            throw ByteWindow.Error("ndjson_too_many_columns", $"there are more than {options.Limits.MaxColumns} columns.", Window.Line);
        }

        CheckCells(sinks.Count + 1);
        RowSink sink = SinkFor(name);
        while (sink.Count < rows - rowsHandedOn)
        {
            sink.AppendMissing(Window.Line);
        }

        indices.Add(name, sinks.Count);
        names.Add(name);
        sinks.Add(sink);
        return sinks.Count - 1;
    }

    private RowSink SinkFor(string name) =>
        SchemaOrder.Match(name, options.Schema) is { } given ? new TypedSink(given, rowsHandedOn) : sinkOf(name, rowsHandedOn);

    private void CheckCells(int columns)
    {
        if ((rows + 1L) * columns > options.Limits.MaxCells)
        {
            throw ByteWindow.Error("ndjson_too_many_cells", $"rows times columns are more than {options.Limits.MaxCells}.", Window.Line);
        }
    }

    private void AppendValue(RowSink sink, ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            throw ByteWindow.Error("ndjson_nested", "values must be numbers, strings, true, false or null; objects and arrays have no column.", Window.Line);
        }

        ReadOnlySpan<byte> text = reader.TokenType == JsonTokenType.Null ? [] : TextOf(ref reader);
        if (text.Length > options.Limits.MaxFieldBytes)
        {
            throw ByteWindow.Error("ndjson_field_too_long", $"a value has {text.Length} bytes; the limit is {options.Limits.MaxFieldBytes}.", Window.Line);
        }

        if (options.MissingMarkers.Match(text))
        {
            sink.AppendMissing(Window.Line);
        }
        else
        {
            sink.Append(text, Window.Line);
        }
    }

    private ReadOnlySpan<byte> TextOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        if (unescaped.Length < reader.ValueSpan.Length)
        {
            unescaped = new byte[reader.ValueSpan.Length];
        }

        try
        {
            return unescaped.AsSpan(0, reader.CopyString(unescaped));
        }
        catch (InvalidOperationException exception)
        {
            throw new LearningException("ndjson_malformed", $"Line {Window.Line}: half a surrogate pair is no text.", null, exception) { Line = Window.Line };
        }
    }
}
