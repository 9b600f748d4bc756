using System.Buffers;
using System.Globalization;
using System.Text;
using Trainyard.Learning.Scoring;

namespace Trainyard.Domain.Batches.Results;

/// <summary>Writes results as CSV (RFC 4180, comma, LF): <c>row</c>, <c>id</c>, <c>prediction</c>, a column per class, <c>error_code</c>, <c>error_column</c>, <c>error</c>.</summary>
internal sealed class CsvResultWriter : ResultWriter
{
    // The longest shortest-form double has 24 characters, the longest whole number 20.
    private const int MaxNumberBytes = 32;

    private static readonly SearchValues<byte> MustBeQuoted = SearchValues.Create(",\"\r\n"u8);

    private readonly byte[][] classes;

    public CsvResultWriter(ResultLayout layout, IBufferWriter<byte> target, long firstRow)
        : base(layout, target, firstRow)
    {
        classes = [.. layout.Classes.Select(name => Quoted(Utf8(name)))];
        if (firstRow == 1)
        {
            target.Write(Heading(layout));
        }
    }

    /// <summary>The columns.</summary>
    public static IReadOnlyList<string> Columns(ResultLayout layout)
    {
        string[] ids = layout.HasId ? ["id"] : [];
        string[] values = layout.Probabilities ? [.. layout.Classes.Select(name => $"probability_{name}")] : [];
        return ["row", .. ids, "prediction", .. values, "error_code", "error_column", "error"];
    }

    protected override void Write(ReadOnlySpan<byte> id, ReadOnlySpan<double> outputs, int best)
    {
        WriteRow(id);
        if (Layout.IsClassifier)
        {
            Target.Write(classes[best]);
        }
        else
        {
            Write(outputs[0]);
        }

        for (int index = 0; Layout.Probabilities && index < outputs.Length; index++)
        {
            Target.Write(","u8);
            Write(outputs[index]);
        }

        Target.Write(",,,\n"u8);
    }

    protected override void Write(ReadOnlySpan<byte> id, RowFault fault)
    {
        WriteRow(id);
        for (int index = 0; Layout.Probabilities && index < Layout.Classes.Count; index++)
        {
            Target.Write(","u8);
        }

        Target.Write(","u8);
        WriteText(Utf8(fault.Code));
        Target.Write(","u8);
        WriteText(Utf8(fault.Column ?? string.Empty));
        Target.Write(","u8);
        WriteText(Utf8(fault.Detail));
        Target.Write("\n"u8);
    }

    private static byte[] Heading(ResultLayout layout) =>
        [.. Columns(layout).SelectMany((name, index) => index == 0 ? Utf8(name) : [(byte)',', .. Quoted(Utf8(name))]), (byte)'\n'];

    private static byte[] Quoted(byte[] text) => text.AsSpan().ContainsAny(MustBeQuoted) ? Utf8($"\"{Encoding.UTF8.GetString(text).Replace("\"", "\"\"", StringComparison.Ordinal)}\"") : text;

    private void WriteRow(ReadOnlySpan<byte> id)
    {
        Span<byte> room = Target.GetSpan(MaxNumberBytes);
        Row.TryFormat(room, out int written, default, CultureInfo.InvariantCulture);
        room[written] = (byte)',';
        Target.Advance(written + 1);
        if (Layout.HasId)
        {
            WriteText(id);
            Target.Write(","u8);
        }
    }

    private void Write(double value)
    {
        value.TryFormat(Target.GetSpan(MaxNumberBytes), out int written, default, CultureInfo.InvariantCulture);
        Target.Advance(written);
    }

    private void WriteText(ReadOnlySpan<byte> text) => Target.Write(text.ContainsAny(MustBeQuoted) ? Quoted(text.ToArray()) : text);
}
