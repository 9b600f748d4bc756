using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners.Dense;

/// <summary>A feature matrix of finite numbers, multiplied in blocks whose bounds do not depend on the thread count.</summary>
internal sealed class DenseFeatures : IFeatureBlocks
{
    /// <summary>Rows whose values stay in a core's cache between the two multiplications of one evaluation.</summary>
    private const int RowsPerBlock = 1024;

    private const int FeaturesAtOnce = 4;

    /// <summary>Multiplications below which starting threads costs more than it saves.</summary>
    private const long ParallelThreshold = 1 << 17;

    private readonly FeatureMatrix matrix;
    private readonly ParallelOptions parallel;

    private DenseFeatures(FeatureMatrix matrix, ParallelOptions parallel)
    {
        this.matrix = matrix;
        this.parallel = parallel;
    }

    public int RowCount => matrix.RowCount;

    public int FeatureCount => matrix.FeatureCount;

    /// <summary>Cancels the fit.</summary>
    public CancellationToken CancellationToken => parallel.CancellationToken;

    /// <exception cref="LearningException"><c>feature_kind_unsupported</c> or <c>feature_not_finite</c>.</exception>
    public static DenseFeatures Of(FeatureMatrix matrix, ParallelOptions parallel)
    {
        FiniteFeatures.Check(matrix, parallel.CancellationToken);
        return new DenseFeatures(matrix, parallel);
    }

    public ReadOnlySpan<double> Column(int feature) => matrix.Column(feature);

    /// <summary>The same rows with some columns replaced by other finite numbers; where there is null, the column stays.</summary>
    public DenseFeatures Replace(double[]?[] replacements) => new(matrix.Replace(replacements), parallel);

    /// <summary>scores = intercept + X × weights.</summary>
    public void Multiply(double[] weights, int start, double intercept, double[] scores) =>
        RunBlocks((first, count) => Multiply(first, weights.AsSpan(start, FeatureCount), intercept, scores.AsSpan(first, count)));

    /// <summary>scores = intercept + X × weights, for the rows from <paramref name="first"/> on.</summary>
    public void Multiply(int first, ReadOnlySpan<double> weights, double intercept, Span<double> scores)
    {
        scores.Fill(intercept);
        int feature = 0;
        for (; feature <= FeatureCount - FeaturesAtOnce; feature += FeaturesAtOnce)
        {
            Vectors.AddScaled(
                scores,
                weights.Slice(feature, FeaturesAtOnce),
                Column(feature).Slice(first, scores.Length),
                Column(feature + 1).Slice(first, scores.Length),
                Column(feature + 2).Slice(first, scores.Length),
                Column(feature + 3).Slice(first, scores.Length));
        }

        for (; feature < FeatureCount; feature++)
        {
            Vectors.AddScaled(scores, weights[feature], Column(feature).Slice(first, scores.Length));
        }
    }

    /// <summary>products = Xᵀ × residuals.</summary>
    public void MultiplyTransposed(double[] residuals, double[] products, int start) =>
        Run(FeatureCount, feature => products[start + feature] = Vectors.Dot(Column(feature), residuals));

    /// <summary>products = Xᵀ × residuals, over the rows from <paramref name="first"/> on.</summary>
    public void MultiplyTransposed(int first, ReadOnlySpan<double> residuals, Span<double> products)
    {
        for (int feature = 0; feature < FeatureCount; feature++)
        {
            products[feature] = Vectors.Dot(Column(feature).Slice(first, residuals.Length), residuals);
        }
    }

    public int BlockCount => BlocksFor(RowCount);

    /// <summary>Blocks that so many rows make.</summary>
    public static int BlocksFor(int rowCount) => (rowCount + RowsPerBlock - 1) / RowsPerBlock;

    /// <summary>Runs <paramref name="action"/> with the first row and the row count of every block.</summary>
    public void RunBlocks(Action<int, int> action) =>
        Run(BlockCount, block => action(block * RowsPerBlock, Math.Min(RowsPerBlock, RowCount - (block * RowsPerBlock))));

    public static int BlockOf(int row) => row / RowsPerBlock;

    int IFeatureBlocks.BlockOf(int row) => BlockOf(row);

    /// <summary>Runs <paramref name="action"/> for 0 to <paramref name="count"/> - 1, on threads when the matrix is large.</summary>
    public void Run(int count, Action<int> action)
    {
        if (parallel.MaxDegreeOfParallelism != 1 && (long)RowCount * FeatureCount >= ParallelThreshold)
        {
            Parallel.For(0, count, parallel, action);
            return;
        }

        for (int index = 0; index < count; index++)
        {
            CancellationToken.ThrowIfCancellationRequested();
            action(index);
        }
    }
}
