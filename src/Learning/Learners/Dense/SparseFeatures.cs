namespace Trainyard.Learning.Learners.Dense;

/// <summary>Rows of which most features are 0, such as texts.</summary>
internal sealed class SparseFeatures(SparseRow[] rows, int featureCount, ParallelOptions parallel) : IFeatureBlocks
{
    /// <summary>Each block holds a gradient of its own, which is large where there are many features.</summary>
    private const int MaximumBlocks = 4;

    private const int LeastRowsPerBlock = 256;

    /// <summary>Rows between two looks at the token: some milliseconds of long texts.</summary>
    private const int RowsPerLook = 1024;

    private int RowsPerBlock => Math.Max(LeastRowsPerBlock, (rows.Length + MaximumBlocks - 1) / MaximumBlocks);

    public int FeatureCount => featureCount;

    public CancellationToken CancellationToken => parallel.CancellationToken;

    public int BlockCount => (rows.Length + RowsPerBlock - 1) / RowsPerBlock;

    public int BlockOf(int row) => row / RowsPerBlock;

    public void RunBlocks(Action<int, int> action) =>
        Parallel.For(0, BlockCount, parallel, block => action(block * RowsPerBlock, Math.Min(RowsPerBlock, rows.Length - (block * RowsPerBlock))));

    public void Multiply(int first, ReadOnlySpan<double> weights, double intercept, Span<double> scores)
    {
        for (int index = 0; index < scores.Length; index++)
        {
            LookEvery(index);
            scores[index] = intercept + rows[first + index].Dot(weights);
        }
    }

    public void MultiplyTransposed(int first, ReadOnlySpan<double> residuals, Span<double> products)
    {
        products.Clear();
        for (int index = 0; index < residuals.Length; index++)
        {
            LookEvery(index);
            SparseRow row = rows[first + index];
            for (int entry = 0; entry < row.Columns.Length; entry++)
            {
                products[row.Columns[entry]] += row.Values[entry] * residuals[index];
            }
        }
    }

    private void LookEvery(int row)
    {
        if (row % RowsPerLook == 0)
        {
            CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
