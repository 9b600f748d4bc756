namespace Trainyard.Learning.Learners.Dense;

/// <summary>Rows by features, multiplied in blocks of rows whose bounds do not depend on the thread count.</summary>
internal interface IFeatureBlocks
{
    /// <summary>The number of features.</summary>
    int FeatureCount { get; }

    /// <summary>Cancels the fit; to be looked at within a block too, for thousands of classes make one long.</summary>
    CancellationToken CancellationToken { get; }

    /// <summary>The number of blocks.</summary>
    int BlockCount { get; }

    /// <summary>The block that a row is in.</summary>
    int BlockOf(int row);

    /// <summary>Runs <paramref name="action"/> with the first row and the row count of every block.</summary>
    void RunBlocks(Action<int, int> action);

    /// <summary>scores = intercept + X × weights, for the rows from <paramref name="first"/> on.</summary>
    void Multiply(int first, ReadOnlySpan<double> weights, double intercept, Span<double> scores);

    /// <summary>products = Xᵀ × residuals, over the rows from <paramref name="first"/> on.</summary>
    void MultiplyTransposed(int first, ReadOnlySpan<double> residuals, Span<double> products);
}
