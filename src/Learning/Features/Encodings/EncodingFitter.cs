using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>Learns the encoding of one column, or finds that it carries nothing.</summary>
internal sealed class EncodingFitter(FeatureNeeds needs, FeaturePlanOptions options)
{
    /// <summary>Rows from which on distinct values are no accident.</summary>
    private const int MinRowsOfIdentifier = 20;

    /// <summary>Distinct values as a share of all, from which on a category names its row.</summary>
    private const double IdentifierShare = 0.9;

    private static readonly string[] KeyNames = ["id", "index", "key", "uuid", "guid", "row", "row_number", "rownum"];

    /// <summary>The encoding; or null and the reason why there is none.</summary>
    public (ColumnEncoding? Encoding, DropReason Reason) Fit(Column column)
    {
        if (column.MissingCount == column.RowCount)
        {
            return (null, DropReason.AllMissing);
        }

        return column switch
        {
            NumberColumn numbers => FitNumber(numbers),
            BooleanColumn booleans => FitBoolean(booleans),
            DateColumn dates => FitDate(dates),
            TextColumn { Type: ColumnType.Text } texts => FitText(texts),
            _ => FitCategory((TextColumn)column),
        };
    }

    private bool Indicates(Column column) => needs.ImputeMissing && column.MissingCount > 0;

    private (ColumnEncoding?, DropReason) FitNumber(NumberColumn column)
    {
        double[] values = column.Values.ToArray();
        if (column.MissingCount == 0 && Array.TrueForAll(values, value => value == values[0]))
        {
            return (null, DropReason.Constant);
        }

        return IsKey(column, values)
            ? (null, DropReason.Identifier)
            : (new NumberEncoding(column.Name, Scaling.Fit(values, needs), Indicates(column)), default);
    }

    /// <summary>Only whole numbers that differ in every row, in a column called like a key: a year or a price may differ in every row too.</summary>
    private static bool IsKey(NumberColumn column, double[] values)
    {
        string name = column.Name.ToLowerInvariant().Replace(' ', '_');
        bool named = KeyNames.Contains(name, StringComparer.Ordinal) || name.EndsWith("_id", StringComparison.Ordinal) || column.Name.EndsWith("Id", StringComparison.Ordinal);
        return named && values.Length >= MinRowsOfIdentifier && column.MissingCount == 0
            && Array.TrueForAll(values, double.IsInteger) && values.Distinct().Count() == values.Length;
    }

    private (ColumnEncoding?, DropReason) FitBoolean(BooleanColumn column)
    {
        int trues = Enumerable.Range(0, column.RowCount).Count(row => column.ValueAt(row) == true);
        int present = column.RowCount - column.MissingCount;
        if (column.MissingCount == 0 && (trues == 0 || trues == present))
        {
            return (null, DropReason.Constant);
        }

        return (new BooleanEncoding(column.Name, needs.ImputeMissing ? 2 * trues > present : null, Indicates(column)), default);
    }

    private (ColumnEncoding?, DropReason) FitDate(DateColumn column)
    {
        List<DatePartEncoding> parts = [];
        foreach (DatePart part in Enum.GetValues<DatePart>())
        {
            double[] values = [.. Enumerable.Range(0, column.RowCount).Select(row => DatePartEncoding.ValueOf(part, column.ValueAt(row)?.Ticks ?? DateColumn.Missing))];
            if (values.Where(value => !double.IsNaN(value)).Distinct().Skip(1).Any())
            {
                parts.Add(new DatePartEncoding(part, Scaling.Fit(values, needs)));
            }
        }

        return parts.Count == 0 ? (null, DropReason.Constant) : (new DateEncoding(column.Name, parts, Indicates(column)), default);
    }

    private (ColumnEncoding?, DropReason) FitCategory(TextColumn column)
    {
        (string Text, int Count)[] counted = [.. column.Dictionary.Zip(column.CountPerCode()).Where(each => each.Second > 0)];
        int present = column.RowCount - column.MissingCount;
        if (counted.Length == 1 && column.MissingCount == 0)
        {
            return (null, DropReason.Constant);
        }

        if (present >= MinRowsOfIdentifier && counted.Length >= IdentifierShare * present)
        {
            return (null, DropReason.Identifier);
        }

        (string Text, int Count)[] kept =
        [
            .. counted.Where(each => each.Count >= options.MinFrequency)
                .OrderByDescending(each => each.Count).ThenBy(each => each.Text, StringComparer.Ordinal)
                .Take(options.MaxCategories),
        ];
        if (kept.Length == 0)
        {
            return (null, DropReason.TooRare);
        }

        // Ordinal order, so that the most frequent category is not the first by accident of a tie.
        string[] categories = [.. kept.Select(each => each.Text).Order(StringComparer.Ordinal)];
        int? fill = needs.ImputeMissing ? Array.IndexOf(categories, kept[0].Text) : null;
        return (new CategoryEncoding(column.Name, categories, kept.Length < counted.Length, needs.OneHotCategories, fill, Indicates(column)), default);
    }

    private (ColumnEncoding?, DropReason) FitText(TextColumn column)
    {
        int[] textsPerBucket = CountTexts(column);
        int present = column.RowCount - column.MissingCount;
        int[] buckets = [.. Enumerable.Range(0, options.TextBuckets).Where(bucket => textsPerBucket[bucket] >= options.MinFrequency)];
        if (buckets.Length == 0)
        {
            return (null, DropReason.TooRare);
        }

        double[] weights = [.. buckets.Select(bucket => Math.Log((1.0 + present) / (1 + textsPerBucket[bucket])) + 1)];
        return (new TextEncoding(column.Name, options.TextBuckets, buckets, weights), default);
    }

    private int[] CountTexts(TextColumn column)
    {
        int[] textsPerBucket = new int[options.TextBuckets];
        int[] seenIn = new int[options.TextBuckets];
        int[] rowsPerText = column.CountPerCode();
        for (int code = 0; code < rowsPerText.Length; code++)
        {
            WordHashes words = new(column.Dictionary[code]);
            while (words.TryNext(out ulong hash))
            {
                int bucket = TextEncoding.BucketOf(hash, options.TextBuckets);
                if (seenIn[bucket] != code + 1)
                {
                    seenIn[bucket] = code + 1;
                    textsPerBucket[bucket] += rowsPerText[code];
                }
            }
        }

        return textsPerBucket;
    }
}
