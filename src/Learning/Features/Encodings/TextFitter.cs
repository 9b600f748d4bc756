using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>Learns the encoding of a column of categories or of free text, or finds that it carries nothing.</summary>
/// <remarks>
/// Every distinct text is counted, up to a bound where one is given. Past it, categories that were not seen before count as
/// rare, and the share of distinct texts is that of the rows up to there.
/// </remarks>
internal sealed class TextFitter(string column, FeatureNeeds needs, FeaturePlanOptions options) : ColumnFitter(column, needs)
{
    /// <summary>Distinct values as a share of all, from which on a category names its row.</summary>
    private const double IdentifierShare = 0.9;

    private readonly TextDictionary texts = new();
    private readonly List<int> counts = [];
    private readonly int[] seenIn = new int[options.TextBuckets];
    private readonly int[] unlistedPerBucket = new int[options.TextBuckets];
    private long characters;
    private int walks;
    private bool hasUnlisted;
    private int presentWhenFull;

    /// <summary>Whether texts are free text rather than categories.</summary>
    public bool IsFreeText { get; init; }

    /// <summary>Characters of distinct texts that are kept; no bound by default.</summary>
    public long MaximumCharacters { get; init; } = long.MaxValue;

    /// <summary>Whether a column of these categories reads like free text.</summary>
    /// <param name="present">Rows with a value among those that the type is to be inferred from.</param>
    public bool ReadsLikeFreeText(int present) => TypeInference.IsFreeText(texts.Texts, hasUnlisted ? presentWhenFull : present);

    /// <summary>The same rows as free text.</summary>
    public (ColumnEncoding? Encoding, DropReason Reason) FitFreeText() => Present == 0 ? (null, DropReason.AllMissing) : FitText();

    protected override void TakeValues(Column rows)
    {
        TextColumn taken = (TextColumn)rows;
        int[] rowsPerText = taken.CountPerCode();
        for (int code = 0; code < rowsPerText.Length; code++)
        {
            Take(taken.Dictionary[code], rowsPerText[code]);
        }

        presentWhenFull = hasUnlisted ? presentWhenFull : Present;
    }

    protected override (ColumnEncoding? Encoding, DropReason Reason) FitPresent() => IsFreeText ? FitText() : FitCategory();

    // A text that occurs in rows left out of the fit counts nothing here, and yet tells what type the column has.
    private void Take(string text, int rows)
    {
        if (texts.TryGetCode(text, out int known))
        {
            counts[known] += rows;
        }
        else if (characters + text.Length <= MaximumCharacters)
        {
            texts.CodeOf(text);
            counts.Add(rows);
            characters += text.Length;
        }
        else
        {
            hasUnlisted = true;
            AddToBuckets(text, rows, unlistedPerBucket);
        }
    }

    private (ColumnEncoding?, DropReason) FitCategory()
    {
        (string Text, int Count)[] counted = [.. texts.Texts.Zip(counts).Where(each => each.Second > 0)];
        if (counted.Length == 1 && Missing == 0 && !hasUnlisted)
        {
            return (null, DropReason.Constant);
        }

        if (Present >= MinRowsOfIdentifier && counted.Length >= IdentifierShare * (hasUnlisted ? presentWhenFull : Present))
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
        int? fill = Needs.ImputeMissing ? Array.IndexOf(categories, kept[0].Text) : null;
        return (new CategoryEncoding(Column, categories, hasUnlisted || kept.Length < counted.Length, Needs.OneHotCategories, fill, Indicates), default);
    }

    private (ColumnEncoding?, DropReason) FitText()
    {
        int[] textsPerBucket = [.. unlistedPerBucket];
        for (int code = 0; code < counts.Count; code++)
        {
            AddToBuckets(texts.Texts[code], counts[code], textsPerBucket);
        }

        int[] buckets = [.. Enumerable.Range(0, options.TextBuckets).Where(bucket => textsPerBucket[bucket] >= options.MinFrequency)];
        if (buckets.Length == 0)
        {
            return (null, DropReason.TooRare);
        }

        double[] weights = [.. buckets.Select(bucket => Math.Log((1.0 + Present) / (1 + textsPerBucket[bucket])) + 1)];
        return (new TextEncoding(Column, options.TextBuckets, buckets, weights), default);
    }

    /// <summary>Counts the rows of a text once in every bucket that one of its words falls into.</summary>
    private void AddToBuckets(string text, int rows, int[] textsPerBucket)
    {
        walks++;
        WordHashes words = new(text);
        while (words.TryNext(out ulong hash))
        {
            int bucket = TextEncoding.BucketOf(hash, options.TextBuckets);
            if (seenIn[bucket] != walks)
            {
                seenIn[bucket] = walks;
                textsPerBucket[bucket] += rows;
            }
        }
    }
}
