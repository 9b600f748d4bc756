using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>
/// A category as its index, or as a 0/1 feature for each. Rare categories share one more, "other", if there were any; a
/// category that fitting did not see is counted as other, or else has no index (is missing) and no 1 in any feature.
/// </summary>
internal sealed class CategoryEncoding : ColumnEncoding
{
    private const int None = -1;
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;

    /// <param name="column">The data column.</param>
    /// <param name="categories">Distinct categories by index; at least one.</param>
    /// <param name="hasOther">Whether one more index stands for all others.</param>
    /// <param name="oneHot">A feature each, or one feature of indices.</param>
    /// <param name="fill">The index for a missing value; null keeps it missing.</param>
    /// <param name="hasIndicator">Whether a last feature tells which values were missing.</param>
    public CategoryEncoding(string column, IReadOnlyList<string> categories, bool hasOther, bool oneHot, int? fill, bool hasIndicator)
        : base(column)
    {
        (Categories, HasOther, OneHot, Fill, HasIndicator) = ([.. categories], hasOther, oneHot, fill, hasIndicator);
        lookup = indices.GetAlternateLookup<ReadOnlySpan<char>>();
        if (Categories.Count == 0 || Categories.Any(category => category is null || !indices.TryAdd(category, indices.Count)))
        {
            throw new ArgumentException($"The categories of column '{column}' are none, or have one twice.", nameof(categories));
        }

        if (fill is { } index && (index < 0 || index >= IndexCount))
        {
            throw new ArgumentException($"The fill of column '{column}' is no index of a category.", nameof(fill));
        }
    }

    public IReadOnlyList<string> Categories { get; }

    public bool HasOther { get; }

    public bool OneHot { get; }

    public int? Fill { get; }

    public bool HasIndicator { get; }

    private int IndexCount => Categories.Count + (HasOther ? 1 : 0);

    public override IReadOnlyList<FeatureInfo> Describe()
    {
        List<FeatureInfo> features = OneHot
            ? [.. Categories.Select(category => new FeatureInfo($"{Column}={category}", Column, FeatureKind.Number))]
            : [new FeatureInfo(Column, Column, FeatureKind.Category, IndexCount)];
        if (OneHot && HasOther)
        {
            features.Add(new FeatureInfo($"{Column}=(other)", Column, FeatureKind.Number));
        }

        if (HasIndicator)
        {
            features.Add(FeatureNames.MissingIndicator(Column));
        }

        return features;
    }

    public override void Encode(Cell cell, Span<double> output)
    {
        int index = None;
        bool missing = cell.Kind == CellKind.Missing;
        if (!missing && !lookup.TryGetValue(CellValue.TextOf(cell, stackalloc char[CellValue.MaxNumberText]), out index))
        {
            // A word such as NA is a category where it was one in training, and else a missing value.
            missing = IsMissing(cell);
            index = HasOther ? Categories.Count : None;
        }

        if (missing)
        {
            index = Fill ?? None;
        }

        Write(index, output);
        if (HasIndicator)
        {
            output[^1] = missing ? 1 : 0;
        }
    }

    private void Write(int index, Span<double> output)
    {
        if (!OneHot)
        {
            output[0] = index == None ? double.NaN : index;
            return;
        }

        output[..IndexCount].Clear();
        if (index != None)
        {
            output[index] = 1;
        }
    }
}
