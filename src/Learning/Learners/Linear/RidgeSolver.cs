namespace Trainyard.Learning.Learners.Linear;

/// <summary>Solves (XᵀX + λI) β = Xᵀy by a Cholesky factorisation.</summary>
/// <remarks>Source: Hoerl and Kennard, Ridge regression, Technometrics 12, 1970; Golub and Van Loan, Matrix computations, algorithm 4.2.1.</remarks>
internal static class RidgeSolver
{
    /// <summary>Added to the diagonal in shares of its largest entry, so that features that repeat one another still have a solution.</summary>
    private const double Jitter = 1e-10;

    public static double[] Solve(CenteredProblem problem, double l2)
    {
        double[][] columns = problem.Columns;
        int size = columns.Length;
        double[][] gram = new double[size][];
        problem.Features.Run(size, row =>
        {
            gram[row] = new double[row + 1];
            for (int column = 0; column <= row; column++)
            {
                gram[row][column] = Vectors.Dot(columns[row], columns[column]);
            }
        });
        double largest = 0;
        for (int index = 0; index < size; index++)
        {
            largest = Math.Max(largest, gram[index][index]);
        }

        // Where every feature is constant the diagonal is 0, and 1 serves as well: the slopes are 0.
        double added = l2 + (largest > 0 ? Jitter * largest : 1);
        for (int index = 0; index < size; index++)
        {
            gram[index][index] += added;
        }

        Factorize(gram);
        return BackSubstitute(gram, Array.ConvertAll(columns, column => Vectors.Dot(column, problem.Residuals)));
    }

    /// <summary>Replaces the lower triangle by L with A = L Lᵀ.</summary>
    private static void Factorize(double[][] matrix)
    {
        for (int row = 0; row < matrix.Length; row++)
        {
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
