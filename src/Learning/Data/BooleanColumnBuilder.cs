namespace Trainyard.Learning.Data;

internal sealed class BooleanColumnBuilder(int capacity) : ColumnBuilder
{
    private readonly SegmentedList<sbyte> values = new(capacity);

    public override ColumnType Type => ColumnType.Boolean;

    public override int Count => values.Count;

    public override void AppendMissing() => values.Add(-1);

    public override bool TryAppend(ReadOnlySpan<byte> text) => TryAdd(ValueText.TryBoolean(text, out bool value), value);

    public override void Absorb(ColumnBuilder other) => values.Absorb(((BooleanColumnBuilder)other).values);

    public override Column Build(string name) => new BooleanColumn(name, values.ToArray());

    private bool TryAdd(bool read, bool value)
    {
        if (read)
        {
            values.Add((sbyte)(value ? 1 : 0));
        }

        return read;
    }
}
