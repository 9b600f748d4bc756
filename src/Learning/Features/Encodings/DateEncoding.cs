using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>The parts of a date that differed between the fitted rows.</summary>
internal sealed class DateEncoding : ColumnEncoding
{
    public DateEncoding(string column, IReadOnlyList<DatePartEncoding> parts, bool hasIndicator)
        : base(column)
    {
        (Parts, HasIndicator) = ([.. parts], hasIndicator);
        if (Parts.Count == 0 || Parts.Any(part => part is null || !Enum.IsDefined(part.Part)))
        {
            throw new ArgumentException($"The date parts of column '{column}' are none or not known.", nameof(parts));
        }
    }

    public IReadOnlyList<DatePartEncoding> Parts { get; }

    public bool HasIndicator { get; }

    public override IReadOnlyList<FeatureInfo> Describe()
    {
        List<FeatureInfo> features = [.. Parts.Select(part => new FeatureInfo($"{Column}.{FeatureNames.Of(part.Part)}", Column, FeatureKind.Number))];
        if (HasIndicator)
        {
            features.Add(FeatureNames.MissingIndicator(Column));
        }

        return features;
    }

    public override void Encode(Cell cell, Span<double> output)
    {
        if (IsMissing(cell))
        {
            Encode(DateColumn.Missing, output);
        }
        else if (CellValue.TryDate(cell, out long ticks))
        {
            Encode(ticks, output);
        }
        else
        {
            throw Mismatch(ColumnType.Date, cell);
        }
    }

    public override void Encode(Column values, int row, Span<double> output)
    {
        if (values is DateColumn dates)
        {
            Encode(dates.ValueAt(row)?.Ticks ?? DateColumn.Missing, output);
        }
        else
        {
            base.Encode(values, row, output);
        }
    }

    public override bool IsCentred(int feature) => feature < Parts.Count && Parts[feature].Scaling.Scale is not null;

    private void Encode(long ticks, Span<double> output)
    {
        for (int index = 0; index < Parts.Count; index++)
        {
            output[index] = Parts[index].Scaling.Apply(DatePartEncoding.ValueOf(Parts[index].Part, ticks));
        }

        if (HasIndicator)
        {
            output[^1] = ticks == DateColumn.Missing ? 1 : 0;
        }
    }
}
