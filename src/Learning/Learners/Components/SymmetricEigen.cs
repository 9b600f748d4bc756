using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Components;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix: reflections make it tridiagonal, implicit QL steps diagonal.</summary>
/// <remarks>
/// Sources: Golub and Van Loan, Matrix computations, 2013, algorithm 8.3.1 (reflections); Bowdler, Martin, Reinsch and
/// Wilkinson, The QR and QL algorithms for symmetric matrices, Numerische Mathematik 11, 1968 (steps). Some 6 n³
/// multiplications. The same bits at any thread count: it runs on one.
/// </remarks>
internal static class SymmetricEigen
{
    /// <summary>Steps for one eigenvalue at most; convergence is cubic and takes two.</summary>
    private const int MaximumSteps = 60;

    /// <summary>The gap between 1 and the next number: an entry of this share of its neighbours on the diagonal is 0.</summary>
    private const double Rounding = 1.0 / (1L << 52);

    /// <summary>Decomposes.</summary>
    /// <param name="matrix">Symmetric and finite, row by row; overwritten.</param>
    /// <param name="cancellationToken">Observed at every reflection and step.</param>
    /// <returns>Eigenvalues, the largest first, and for each a row of its eigenvector of length 1.</returns>
    public static (double[] Values, double[][] Vectors) Decompose(double[][] matrix, CancellationToken cancellationToken)
    {
        int size = matrix.Length;
        double[] diagonal = new double[size];
        double[] beside = new double[size];
        double[]?[] reflectors = Tridiagonalize(matrix, diagonal, beside, cancellationToken);
        double[][] vectors = Join(reflectors, size, cancellationToken);
        Diagonalize(diagonal, beside, vectors, cancellationToken);
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(index => diagonal[index]).ThenBy(index => index)];
        return (Array.ConvertAll(order, index => diagonal[index]), Array.ConvertAll(order, index => vectors[index]));
    }

    /// <summary>Reflects until nothing is left but the diagonal and the entries beside it; returns the reflectors v of I - v vᵀ.</summary>
    private static double[]?[] Tridiagonalize(double[][] matrix, double[] diagonal, double[] beside, CancellationToken cancellationToken)
    {
        int size = matrix.Length;
        double[]?[] reflectors = new double[size][];
        for (int step = 0; step < size; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            diagonal[step] = matrix[step][step];
            if (step == size - 1)
            {
                break;
            }

            double[] reflector = matrix[step][(step + 1)..];
            double length = Math.Sqrt(Vectors.Dot(reflector, reflector));
            if (step == size - 2 || length == Math.Abs(reflector[0]))
            {
                beside[step] = reflector[0];
                continue;
            }

            // The sign keeps the difference from cancelling.
            beside[step] = reflector[0] > 0 ? -length : length;
            reflector[0] -= beside[step];
            double scale = Math.Sqrt(2 / Vectors.Dot(reflector, reflector));
            foreach (ref double part in reflector.AsSpan())
            {
                part *= scale;
            }

            Reflect(matrix, step + 1, reflector);
            reflectors[step] = reflector;
        }

        return reflectors;
    }

    /// <summary>A - v wᵀ - w vᵀ on the trailing block, with w = A v - ½ (vᵀ A v) v.</summary>
    private static void Reflect(double[][] matrix, int first, double[] reflector)
    {
        double[] change = new double[reflector.Length];
        for (int row = 0; row < change.Length; row++)
        {
            change[row] = Vectors.Dot(matrix[first + row].AsSpan(first), reflector);
        }

        Vectors.AddScaled(change, -0.5 * Vectors.Dot(change, reflector), reflector);
        for (int row = 0; row < change.Length; row++)
        {
            Span<double> own = matrix[first + row].AsSpan(first);
            Vectors.AddScaled(own, -reflector[row], change);
            Vectors.AddScaled(own, -change[row], reflector);
        }
    }

    /// <summary>The product of all reflections, transposed.</summary>
    private static double[][] Join(double[]?[] reflectors, int size, CancellationToken cancellationToken)
    {
        double[][] product = new double[size][];
        for (int row = 0; row < size; row++)
        {
            product[row] = new double[size];
            product[row][row] = 1;
        }

        for (int step = size - 1; step >= 0; step--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reflectors[step] is not { } reflector)
            {
                continue;
            }

            int first = step + 1;
            double[] sum = new double[reflector.Length];
            for (int row = 0; row < sum.Length; row++)
            {
                Vectors.AddScaled(sum, reflector[row], product[first + row].AsSpan(first));
            }

            for (int row = 0; row < sum.Length; row++)
            {
                Vectors.AddScaled(product[first + row].AsSpan(first), -reflector[row], sum);
            }
        }

        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < row; column++)
            {
                (product[row][column], product[column][row]) = (product[column][row], product[row][column]);
            }
        }

        return product;
    }

    private static void Diagonalize(double[] diagonal, double[] beside, double[][] vectors, CancellationToken cancellationToken)
    {
        for (int first = 0; first < diagonal.Length; first++)
        {
            for (int step = 0; step < MaximumSteps; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int last = first;
                while (last < diagonal.Length - 1 && Math.Abs(beside[last]) > Rounding * (Math.Abs(diagonal[last]) + Math.Abs(diagonal[last + 1])))
                {
                    last++;
                }

                if (last == first)
                {
                    break;
                }

                Step(diagonal, beside, vectors, first, last);
            }
        }
    }

    /// <summary>One implicit QL step with Wilkinson's shift on the block from <paramref name="first"/> to <paramref name="last"/>.</summary>
    private static void Step(double[] diagonal, double[] beside, double[][] vectors, int first, int last)
    {
        double half = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first]);
        double bulge = diagonal[last] - diagonal[first] + (beside[first] / (half + Math.CopySign(double.Hypot(half, 1), half)));
        (double sine, double cosine, double shift) = (1, 1, 0);
        for (int row = last - 1; row >= first; row--)
        {
            double outer = sine * beside[row];
            double inner = cosine * beside[row];
            double length = double.Hypot(outer, bulge);
            beside[row + 1] = length;
            if (length == 0)
            {
                diagonal[row + 1] -= shift;
                beside[last] = 0;
                return;
            }

            (sine, cosine) = (outer / length, bulge / length);
            double rest = diagonal[row + 1] - shift;
            double turned = ((diagonal[row] - rest) * sine) + (2 * cosine * inner);
            shift = sine * turned;
            diagonal[row + 1] = rest + shift;
            bulge = (cosine * turned) - inner;
            Vectors.Rotate(vectors[row], vectors[row + 1], cosine, sine);
        }

        diagonal[first] -= shift;
        beside[first] = bulge;
        beside[last] = 0;
    }
}
