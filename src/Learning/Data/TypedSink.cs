using System.Text;

namespace Trainyard.Learning.Data;

/// <summary>Reads cells as the type that the schema gives the column.</summary>
/// <param name="schema">The column.</param>
/// <param name="rowsBefore">Rows of the file before the first that is taken here, for error messages.</param>
/// <param name="capacity">Rows to expect.</param>
internal sealed class TypedSink(ColumnSchema schema, int rowsBefore = 0, int capacity = 0) : RowSink
{
    private const int MaxQuoted = 60;

    private readonly ColumnBuilder builder = ColumnBuilder.For(schema.Type, capacity);

    public override int Count => builder.Count;

    public override void AppendMissing(long line)
    {
        if (!schema.Nullable)
        {
            throw ByteWindow.Error("value_missing", $"row {rowsBefore + Count + 1} has no value in column '{schema.Name}', which must have one.", line, schema.Name);
        }

        builder.AppendMissing();
    }

    public override void Append(ReadOnlySpan<byte> text, long line)
    {
        if (!builder.TryAppend(text))
        {
            throw ByteWindow.Error(
                ColumnBuilder.MismatchCode(schema.Type),
                $"row {rowsBefore + Count + 1} has '{Shortened(text)}' in column '{schema.Name}'; it must be {ColumnBuilder.Expectation(schema.Type)}.",
                line,
                schema.Name);
        }
    }

    public override ColumnBuilder ToBuilder() => builder;

    private static string Shortened(ReadOnlySpan<byte> text)
    {
        string whole = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * MaxQuoted)]);
        return whole.Length > MaxQuoted ? string.Concat(whole.AsSpan(0, MaxQuoted), "…") : whole;
    }
}
