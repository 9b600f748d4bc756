using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>1 for true, 0 for false; not standardised, so that a coefficient says what true adds.</summary>
/// <param name="column">The data column.</param>
/// <param name="fill">The more frequent value, for a missing one; null keeps it missing.</param>
/// <param name="hasIndicator">Whether a second feature tells which values were missing.</param>
internal sealed class BooleanEncoding(string column, bool? fill, bool hasIndicator) : ColumnEncoding(column)
{
    public bool? Fill { get; } = fill;

    public bool HasIndicator { get; } = hasIndicator;

    public override IReadOnlyList<FeatureInfo> Describe()
    {
        FeatureInfo value = new(Column, Column, FeatureKind.Number);
        return HasIndicator ? [value, FeatureNames.MissingIndicator(Column)] : [value];
    }

    public override void Encode(Cell cell, Span<double> output)
    {
        bool missing = IsMissing(cell);
        bool value = false;
        if (!missing && !CellValue.TryBoolean(cell, out value))
        {
            throw Mismatch(ColumnType.Boolean, cell);
        }

        bool? known = missing ? Fill : value;
        output[0] = known is { } certain ? (certain ? 1 : 0) : double.NaN;
        if (HasIndicator)
        {
            output[1] = missing ? 1 : 0;
        }
    }
}
