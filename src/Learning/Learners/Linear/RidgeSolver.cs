using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Solves (XᵀX + λI) β = Xᵀy by a Cholesky factorisation.</summary>
/// <remarks>Source: Hoerl and Kennard, Ridge regression, Technometrics 12, 1970.</remarks>
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
                problem.Features.CancellationToken.ThrowIfCancellationRequested();
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

        return Cholesky.Solve(gram, Array.ConvertAll(columns, column => Vectors.Dot(column, problem.Residuals)), problem.Features.CancellationToken);
    }
}
