namespace Trainyard.Learning.Data;

internal sealed class NumberColumnBuilder(int capacity) : ColumnBuilder
{
    private readonly List<double> values = new(capacity);

    public override int Count => values.Count;

    public override void AppendMissing() => values.Add(double.NaN);

    public override bool TryAppend(ReadOnlySpan<byte> text) => TryAdd(ValueText.TryNumber(text, out double number), number);

    public override bool TryAppend(Cell cell) => TryAdd(CellValue.TryNumber(cell, out double number), number);

    public override Column Build(string name) => new NumberColumn(name, [.. values]);

    private bool TryAdd(bool read, double number)
    {
        if (read)
        {
            values.Add(number);
        }

        return read;
    }
}
