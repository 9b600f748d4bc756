using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <inheritdoc cref="ColumnFitter"/>
internal sealed class DateFitter(string column, FeatureNeeds needs) : ColumnFitter(column, needs)
{
    private static readonly DatePart[] Parts = Enum.GetValues<DatePart>();

    private readonly double[] first = [.. Parts.Select(_ => double.NaN)];
    private readonly bool[] varies = new bool[Parts.Length];
    private readonly SegmentedList<double>[] values = [.. Parts.Select(_ => new SegmentedList<double>(0))];

    protected override void TakeValues(Column rows)
    {
        DateColumn dates = (DateColumn)rows;
        for (int row = 0; row < rows.RowCount; row++)
        {
            long ticks = dates.ValueAt(row)?.Ticks ?? DateColumn.Missing;
            for (int part = 0; part < Parts.Length; part++)
            {
                Take(part, DatePartEncoding.ValueOf(Parts[part], ticks));
            }
        }
    }

    protected override (ColumnEncoding? Encoding, DropReason Reason) FitPresent()
    {
        DatePartEncoding[] fitted =
        [
            .. Enumerable.Range(0, Parts.Length).Where(part => varies[part])
                .Select(part => new DatePartEncoding(Parts[part], Scaling.Fit(values[part].ToArray(), Needs))),
        ];
        return fitted.Length == 0 ? (null, DropReason.Constant) : (new DateEncoding(Column, fitted, Indicates), default);
    }

    private void Take(int part, double value)
    {
        if (!double.IsNaN(value))
        {
            varies[part] |= !double.IsNaN(first[part]) && value != first[part];
            first[part] = value;
        }

        if (KeepsValues)
        {
            values[part].Add(value);
        }
    }
}
