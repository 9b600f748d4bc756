using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Minimises ½ |y - Xβ|² + λ₁ |β|₁ + ½ λ₂ |β|² by cyclic coordinate descent.</summary>
/// <remarks>Source: Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models, JSS 33, 2010.</remarks>
internal static class ElasticNetSolver
{
    /// <summary>Stops when no step changed the fit by more than this share of the labels' spread (scikit-learn's tol is 1e-4).</summary>
    private const double Tolerance = 1e-8;

    public static double[] Solve(CenteredProblem problem, double l1, double l2, int maximumIterations, Action<int> iterated)
    {
        double[][] columns = problem.Columns;
        double[] residuals = problem.Residuals;
        double[] squares = Array.ConvertAll(columns, column => Vectors.Dot(column, column));
        double[] slopes = new double[columns.Length];
        double bound = Tolerance * Math.Sqrt(Vectors.Dot(residuals, residuals));
        for (int iteration = 1; iteration <= maximumIterations; iteration++)
        {
            double largest = 0;
            for (int feature = 0; feature < columns.Length; feature++)
            {
                problem.Features.CancellationToken.ThrowIfCancellationRequested();
                double before = slopes[feature];
                double pull = Vectors.Dot(columns[feature], residuals) + (squares[feature] * before);
                double curvature = squares[feature] + l2;
                double after = curvature > 0 ? SoftThreshold(pull, l1) / curvature : 0;
                if (after != before)
                {
                    Vectors.AddScaled(residuals, before - after, columns[feature]);
                    slopes[feature] = after;
                    largest = Math.Max(largest, Math.Abs(after - before) * Math.Sqrt(squares[feature]));
                }
            }

            iterated(iteration);
            if (largest <= bound)
            {
                break;
            }
        }

        return slopes;
    }

    private static double SoftThreshold(double value, double threshold) =>
        Math.Sign(value) * Math.Max(Math.Abs(value) - threshold, 0);
}
