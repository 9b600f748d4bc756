namespace Trainyard.Learning.Explanations;

/// <summary>Points and weights that integrate polynomials from 0 to 1 exactly, up to rounding.</summary>
/// <remarks>
/// n points integrate every polynomial of degree 2n - 1. Newton's method on the Legendre polynomial, whose recurrence is
/// Abramowitz and Stegun, Handbook of mathematical functions, 22.7.10; points and weights are 25.4.29 and 25.4.30.
/// </remarks>
internal static class GaussLegendre
{
    /// <summary>Newton's method squares the error, so that a few steps from a good start reach the last bit.</summary>
    private const int MaximumSteps = 20;

    private const double Converged = 1e-15;

    /// <summary>The points, strictly between 0 and 1, and their weights, whose sum is 1.</summary>
    public static (double[] Points, double[] Weights) OfSize(int count)
    {
        double[] points = new double[count];
        double[] weights = new double[count];
        for (int index = 0; index < count; index++)
        {
            double root = Math.Cos(Math.PI * (index + 0.75) / (count + 0.5));
            double slope = 0;
            for (int step = 0; step < MaximumSteps; step++)
            {
                (double value, slope) = Legendre(count, root);
                double move = value / slope;
                root -= move;
                if (Math.Abs(move) < Converged)
                {
                    break;
                }
            }

            points[index] = (1 - root) / 2;
            weights[index] = 1 / ((1 - (root * root)) * slope * slope);
        }

        return (points, weights);
    }

    /// <summary>The Legendre polynomial of a degree and its derivative, inside (-1, 1).</summary>
    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        double before = 1;
        double value = x;
        for (int next = 2; next <= degree; next++)
        {
            (before, value) = (value, ((((2 * next) - 1) * x * value) - ((next - 1) * before)) / next);
        }

        return (value, degree * ((x * value) - before) / ((x * x) - 1));
    }
}
