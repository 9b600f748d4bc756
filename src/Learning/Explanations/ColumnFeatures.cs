using Trainyard.Learning.Models;

namespace Trainyard.Learning.Explanations;

/// <summary>Which features a plan makes from which column.</summary>
internal sealed class ColumnFeatures
{
    private readonly int[] columnOfFeature;

    public ColumnFeatures(TabularModel model)
    {
        HashSet<string> read = [.. model.Plan.Features.Select(feature => feature.Source)];
        Columns = [.. model.Inputs.Columns.Select(column => column.Name).Where(read.Contains)];
        Dictionary<string, int> indices = Columns.Index().ToDictionary(each => each.Item, each => each.Index, StringComparer.Ordinal);
        columnOfFeature = [.. model.Plan.Features.Select(feature => indices[feature.Source])];
        Features = [.. Columns.Select((_, column) => Enumerable.Range(0, columnOfFeature.Length).Where(feature => columnOfFeature[feature] == column).ToArray())];
    }

    /// <summary>The input columns that features are made from, in the order of the inputs.</summary>
    public string[] Columns { get; }

    /// <summary>Per column its features.</summary>
    public int[][] Features { get; }

    /// <summary>Adds what features contribute to what their columns do.</summary>
    public void Fold(ReadOnlySpan<double> ofFeatures, Span<double> ofColumns)
    {
        for (int feature = 0; feature < columnOfFeature.Length; feature++)
        {
            ofColumns[columnOfFeature[feature]] += ofFeatures[feature];
        }
    }
}
