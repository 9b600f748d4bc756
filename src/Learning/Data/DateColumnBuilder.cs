namespace Trainyard.Learning.Data;

internal sealed class DateColumnBuilder(int capacity) : ColumnBuilder
{
    private readonly SegmentedList<long> ticks = new(capacity);

    public override ColumnType Type => ColumnType.Date;

    public override int Count => ticks.Count;

    public override void AppendMissing() => ticks.Add(DateColumn.Missing);

    public override bool TryAppend(ReadOnlySpan<byte> text) => TryAdd(ValueText.TryDate(text, out long value), value);

    public override void Absorb(ColumnBuilder other) => ticks.Absorb(((DateColumnBuilder)other).ticks);

    public override Column Build(string name) => new DateColumn(name, ticks.ToArray());

    private bool TryAdd(bool read, long value)
    {
        if (read)
        {
            ticks.Add(value);
        }

        return read;
    }
}
