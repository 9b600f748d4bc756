namespace Trainyard.Learning.Learners.Components;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations.</summary>
/// <remarks>Source: Golub and Van Loan, Matrix computations, 2013, section 8.5 (cyclic by row). The same bits at any thread count: it runs on one.</remarks>
internal static class SymmetricEigen
{
    /// <summary>Sweeps over all pairs at most; convergence is quadratic and takes some ten.</summary>
    private const int MaximumSweeps = 60;

    /// <summary>Stops when what is left beside the diagonal is this share of the whole: rounding.</summary>
    private const double Tolerance = 1e-15;

    /// <summary>Decomposes.</summary>
    /// <param name="matrix">Symmetric, row by row; overwritten.</param>
    /// <param name="cancellationToken">Observed for every row of a sweep.</param>
    /// <returns>Eigenvalues, the largest first, and for each a row of its eigenvector of length 1.</returns>
    public static (double[] Values, double[][] Vectors) Decompose(double[][] matrix, CancellationToken cancellationToken)
    {
        int size = matrix.Length;
        double[][] vectors = new double[size][];
        for (int row = 0; row < size; row++)
        {
            vectors[row] = new double[size];
            vectors[row][row] = 1;
        }

        double bound = Tolerance * Math.Sqrt(SumOfSquares(matrix, all: true));
        for (int sweep = 0; sweep < MaximumSweeps && Math.Sqrt(SumOfSquares(matrix, all: false)) > bound; sweep++)
        {
            for (int first = 0; first < size - 1; first++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int second = first + 1; second < size; second++)
                {
                    Rotate(matrix, vectors, first, second);
                }
            }
        }

        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(index => matrix[index][index]).ThenBy(index => index)];
        return (Array.ConvertAll(order, index => matrix[index][index]), Array.ConvertAll(order, index => vectors[index]));
    }

    /// <summary>Turns the plane of two axes so that their common entry becomes 0.</summary>
    private static void Rotate(double[][] matrix, double[][] vectors, int first, int second)
    {
        double common = matrix[first][second];
        if (common == 0)
        {
            return;
        }

        double half = (matrix[second][second] - matrix[first][first]) / (2 * common);
        double tangent = (half >= 0 ? 1 : -1) / (Math.Abs(half) + Math.Sqrt(1 + (half * half)));
        double cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        double sine = tangent * cosine;
        foreach (double[] row in matrix)
        {
            (row[first], row[second]) = ((cosine * row[first]) - (sine * row[second]), (sine * row[first]) + (cosine * row[second]));
        }

        Turn(matrix[first], matrix[second], cosine, sine);
        Turn(vectors[first], vectors[second], cosine, sine);
    }

    private static void Turn(double[] first, double[] second, double cosine, double sine)
    {
        for (int index = 0; index < first.Length; index++)
        {
            (first[index], second[index]) = ((cosine * first[index]) - (sine * second[index]), (sine * first[index]) + (cosine * second[index]));
        }
    }

    private static double SumOfSquares(double[][] matrix, bool all)
    {
        double sum = 0;
        for (int row = 0; row < matrix.Length; row++)
        {
            for (int column = 0; column < matrix.Length; column++)
            {
                sum += all || row != column ? matrix[row][column] * matrix[row][column] : 0;
            }
        }

        return sum;
    }
}
