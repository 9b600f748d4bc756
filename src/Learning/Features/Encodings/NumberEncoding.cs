using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>A number, and where missing values are filled a second feature that tells which were.</summary>
internal sealed class NumberEncoding(string column, Scaling scaling, bool hasIndicator) : ColumnEncoding(column)
{
    public Scaling Scaling { get; } = scaling;

    public bool HasIndicator { get; } = hasIndicator;

    public override IReadOnlyList<FeatureInfo> Describe()
    {
        FeatureInfo value = new(Column, Column, FeatureKind.Number);
        return HasIndicator ? [value, FeatureNames.MissingIndicator(Column)] : [value];
    }

    public override void Encode(Cell cell, Span<double> output)
    {
        if (IsMissing(cell))
        {
            Encode(double.NaN, output);
        }
        else if (CellValue.TryNumber(cell, out double number))
        {
            Encode(number, output);
        }
        else
        {
            throw Mismatch(ColumnType.Number, cell);
        }
    }

    public override void Encode(Column values, int row, Span<double> output)
    {
        if (values is NumberColumn numbers)
        {
            Encode(numbers.Values[row], output);
        }
        else
        {
            base.Encode(values, row, output);
        }
    }

    public override bool IsCentred(int feature) => feature == 0 && Scaling.Scale is not null;

    private void Encode(double number, Span<double> output)
    {
        output[0] = Scaling.Apply(number);
        if (HasIndicator)
        {
            output[1] = double.IsNaN(number) ? 1 : 0;
        }
    }
}
