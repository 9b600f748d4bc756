namespace Trainyard.Learning.Learners.Networks;

/// <summary>Rows to learn from, each with its label.</summary>
/// <param name="Rows">What the first layer takes.</param>
/// <param name="Labels">A class or a value per row.</param>
/// <param name="Weights">One of at least 0 per row; null when all weigh the same.</param>
internal sealed record Examples(double[][] Rows, double[] Labels, double[]? Weights)
{
    public double Weight(int row) => Weights is null ? 1 : Weights[row];

    /// <summary>The rows of a matrix of finite numbers.</summary>
    public static double[][] RowsOf(Features.FeatureMatrix matrix, CancellationToken cancellationToken)
    {
        double[][] rows = new double[matrix.RowCount][];
        for (int row = 0; row < rows.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows[row] = new double[matrix.FeatureCount];
            matrix.CopyRow(row, rows[row]);
        }

        return rows;
    }
}
