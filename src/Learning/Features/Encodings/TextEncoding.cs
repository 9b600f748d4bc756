using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>
/// Free text as hashed TF-IDF: words are hashed into buckets, counted, weighted by how rare the bucket is, and the whole
/// scaled to length 1. No word, or a missing text, gives zeros.
/// </summary>
/// <remarks>
/// Weight of a bucket: ln((1 + n) / (1 + d)) + 1 with n texts of which d use it (the smoothed form of scikit-learn's
/// TfidfTransformer). Hashing: Weinberger et al., Feature hashing for large scale multitask learning, ICML 2009.
/// </remarks>
internal sealed class TextEncoding : ColumnEncoding
{
    private readonly int[] featureOfBucket;

    /// <param name="column">The data column.</param>
    /// <param name="bucketCount">Buckets that words are hashed into; a power of two.</param>
    /// <param name="buckets">Those that became features, ascending.</param>
    /// <param name="weights">The weight of each.</param>
    public TextEncoding(string column, int bucketCount, IReadOnlyList<int> buckets, IReadOnlyList<double> weights)
        : base(column)
    {
        (BucketCount, Buckets, Weights) = (bucketCount, [.. buckets], [.. weights]);
        if (bucketCount is < 2 or > FeaturePlanOptions.MaxTextBuckets || !int.IsPow2(bucketCount))
        {
            throw new ArgumentException($"The bucket count of column '{column}' is not usable.", nameof(bucketCount));
        }

        bool usable = Buckets.Count > 0 && Buckets.Count == Weights.Count && Weights.All(weight => double.IsFinite(weight) && weight > 0)
            && Buckets[0] >= 0 && Buckets[^1] < bucketCount && Buckets.Zip(Buckets.Skip(1)).All(pair => pair.First < pair.Second);
        if (!usable)
        {
            throw new ArgumentException($"The buckets or weights of column '{column}' are not usable.", nameof(buckets));
        }

        featureOfBucket = new int[bucketCount];
        Array.Fill(featureOfBucket, -1);
        for (int feature = 0; feature < Buckets.Count; feature++)
        {
            featureOfBucket[Buckets[feature]] = feature;
        }
    }

    public int BucketCount { get; }

    public IReadOnlyList<int> Buckets { get; }

    public IReadOnlyList<double> Weights { get; }

    public static int BucketOf(ulong hash, int bucketCount) => (int)(hash & (ulong)(bucketCount - 1));

    public override IReadOnlyList<FeatureInfo> Describe() =>
        [.. Buckets.Select(bucket => new FeatureInfo($"{Column}#{bucket}", Column, FeatureKind.Number))];

    public override void Encode(Cell cell, Span<double> output)
    {
        output.Clear();
        if (IsMissing(cell))
        {
            return;
        }

        WordHashes words = new(CellValue.TextOf(cell, stackalloc char[CellValue.MaxNumberText]));
        while (words.TryNext(out ulong hash))
        {
            int feature = featureOfBucket[BucketOf(hash, BucketCount)];
            if (feature >= 0)
            {
                output[feature]++;
            }
        }

        WeighAndNormalise(output);
    }

    private void WeighAndNormalise(Span<double> output)
    {
        double squares = 0;
        for (int feature = 0; feature < output.Length; feature++)
        {
            output[feature] *= Weights[feature];
            squares += output[feature] * output[feature];
        }

        double length = Math.Sqrt(squares);
        for (int feature = 0; length > 0 && feature < output.Length; feature++)
        {
            output[feature] /= length;
        }
    }
}
