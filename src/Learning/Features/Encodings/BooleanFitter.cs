using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <inheritdoc cref="ColumnFitter"/>
internal sealed class BooleanFitter(string column, FeatureNeeds needs) : ColumnFitter(column, needs)
{
    private int trues;

    protected override void TakeValues(Column rows)
    {
        BooleanColumn booleans = (BooleanColumn)rows;
        for (int row = 0; row < rows.RowCount; row++)
        {
            trues += booleans.ValueAt(row) == true ? 1 : 0;
        }
    }

    protected override (ColumnEncoding? Encoding, DropReason Reason) FitPresent()
    {
        if (Missing == 0 && (trues == 0 || trues == Present))
        {
            return (null, DropReason.Constant);
        }

        return (new BooleanEncoding(Column, Needs.ImputeMissing ? 2 * trues > Present : null, Indicates), default);
    }
}
