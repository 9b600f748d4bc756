using System.Runtime.CompilerServices;

namespace Trainyard.Learning.Features;

/// <summary>
/// Rows by features, column-major: what learners are fitted on. <see cref="double.NaN"/> is a missing value.
/// </summary>
/// <remarks>Immutable by convention: whoever hands over the columns does not write to them again. Thread safe.</remarks>
public sealed class FeatureMatrix
{
    private readonly double[][] columns;

    /// <summary>Wraps the columns without copying them.</summary>
    /// <param name="features">One description per column.</param>
    /// <param name="columns">One array of <paramref name="rowCount"/> values per feature.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <exception cref="ArgumentException">The counts or lengths disagree.</exception>
    public FeatureMatrix(IReadOnlyList<FeatureInfo> features, double[][] columns, int rowCount)
    {
        if (features.Count != columns.Length)
        {
            throw new ArgumentException($"{features.Count} features but {columns.Length} columns.", nameof(columns));
        }

        if (Array.Find(columns, column => column.Length != rowCount) is { } odd)
        {
            throw new ArgumentException($"A column has {odd.Length} values instead of {rowCount}.", nameof(columns));
        }

        Features = features;
        this.columns = columns;
        RowCount = rowCount;
    }

    /// <summary>Features whose values are held elsewhere, or nowhere any more: there are descriptions and rows, and no value to ask for.</summary>
    internal static FeatureMatrix WithoutValues(IReadOnlyList<FeatureInfo> features, int rowCount) => new(features, rowCount);

    private FeatureMatrix(IReadOnlyList<FeatureInfo> features, int rowCount)
    {
        Features = features;
        columns = new double[features.Count][];
        RowCount = rowCount;
    }

    /// <summary>The features, in column order.</summary>
    public IReadOnlyList<FeatureInfo> Features { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The number of features.</summary>
    public int FeatureCount => columns.Length;

    /// <summary>All values of one feature.</summary>
    public ReadOnlySpan<double> Column(int feature) => columns[feature];

    /// <summary>Copies one row into <paramref name="destination"/>, which holds <see cref="FeatureCount"/> values.</summary>
    public void CopyRow(int row, Span<double> destination)
    {
        for (int feature = 0; feature < columns.Length; feature++)
        {
            destination[feature] = columns[feature][row];
        }
    }

    /// <summary>Copies consecutive rows into <paramref name="destination"/>, row by row, as many as it has room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyRows(int start, Span<double> destination)
    {
        int count = columns.Length == 0 ? 0 : destination.Length / columns.Length;
        for (int feature = 0; feature < columns.Length; feature++)
        {
            int place = feature;
            foreach (double value in columns[feature].AsSpan(start, count))
            {
                destination[place] = value;
                place += columns.Length;
            }
        }
    }

    /// <summary>A matrix with some columns replaced; where there is null, both share the column.</summary>
    internal FeatureMatrix Replace(double[]?[] replacements) =>
        new(Features, [.. columns.Select((column, feature) => replacements[feature] ?? column)], RowCount);

    /// <summary>A new matrix of the given rows, in the given order; rows may repeat.</summary>
    public FeatureMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        double[][] selected = new double[columns.Length][];
        for (int feature = 0; feature < columns.Length; feature++)
        {
            double[] source = columns[feature];
            double[] target = new double[rows.Length];
            for (int index = 0; index < rows.Length; index++)
            {
                target[index] = source[rows[index]];
            }

            selected[feature] = target;
        }

        return new FeatureMatrix(Features, selected, rows.Length);
    }
}
