namespace Trainyard.Learning.Data;

internal sealed class NumberColumnBuilder(int capacity) : ColumnBuilder
{
    private readonly SegmentedList<double> values = new(capacity);

    public override ColumnType Type => ColumnType.Number;

    public override int Count => values.Count;

    public override void AppendMissing() => values.Add(double.NaN);

    public override bool TryAppend(ReadOnlySpan<byte> text) => TryAdd(ValueText.TryNumber(text, out double number), number);

    public override void Absorb(ColumnBuilder other) => values.Absorb(((NumberColumnBuilder)other).values);

    public double[] ToArray() => values.ToArray();

    public override Column Build(string name) => new NumberColumn(name, ToArray());

    private bool TryAdd(bool read, double number)
    {
        if (read)
        {
            values.Add(number);
        }

        return read;
    }
}
