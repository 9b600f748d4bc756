using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Solves symmetric positive definite systems.</summary>
/// <remarks>Source: Golub and Van Loan, Matrix computations, algorithm 4.2.1.</remarks>
internal static class Cholesky
{
    /// <summary>Solves A x = b, overwriting both.</summary>
    /// <param name="matrix">The lower triangle of A, row by row, at least the diagonal included; becomes L with A = L Lᵀ.</param>
    /// <param name="right">b; becomes x.</param>
    /// <param name="cancellationToken">Observed for every row.</param>
    public static double[] Solve(double[][] matrix, double[] right, CancellationToken cancellationToken = default)
    {
        Factorize(matrix, cancellationToken);
        return BackSubstitute(matrix, right);
    }

    private static void Factorize(double[][] matrix, CancellationToken cancellationToken)
    {
        for (int row = 0; row < matrix.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int column = 0; column <= row; column++)
            {
                double rest = matrix[row][column] - Vectors.Dot(matrix[row].AsSpan(0, column), matrix[column].AsSpan(0, column));
                matrix[row][column] = row == column ? Math.Sqrt(Math.Max(rest, double.Epsilon)) : rest / matrix[column][column];
            }
        }
    }

    private static double[] BackSubstitute(double[][] lower, double[] right)
    {
        for (int row = 0; row < right.Length; row++)
        {
            right[row] = (right[row] - Vectors.Dot(lower[row].AsSpan(0, row), right.AsSpan(0, row))) / lower[row][row];
        }

        for (int row = right.Length - 1; row >= 0; row--)
        {
            right[row] /= lower[row][row];
            Vectors.AddScaled(right.AsSpan(0, row), -right[row], lower[row].AsSpan(0, row));
        }

        return right;
    }
}
