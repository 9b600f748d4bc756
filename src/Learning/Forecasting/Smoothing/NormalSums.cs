using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Learners.Linear;

namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>What a Gauss-Newton step needs of the errors and their derivatives, summed row by row.</summary>
/// <remarks>
/// The errors are those of <see cref="SmoothingObjective"/>, scaled by a common factor G = exp(mean ln gₜ); its derivative is
/// known once all rows are seen, so it is worked in at the end.
/// </remarks>
internal sealed class NormalSums(int size)
{
    private readonly double[][] products = Triangle(size);
    private readonly double[] gradient = new double[size];
    private readonly double[] scaleSlope = new double[size];
    private double squares;
    private int rows;

    /// <param name="error">eₜ.</param>
    /// <param name="slopes">Its derivatives.</param>
    /// <param name="scale">gₜ, or 1 for errors that are not scaled.</param>
    /// <param name="scaleSlopes">Derivatives of gₜ; empty when it is constant.</param>
    public void Add(double error, ReadOnlySpan<double> slopes, double scale, ReadOnlySpan<double> scaleSlopes)
    {
        for (int row = 0; row < gradient.Length; row++)
        {
            Vectors.AddScaled(products[row], slopes[row], slopes[..(row + 1)]);
        }

        Vectors.AddScaled(gradient, error, slopes);
        if (!scaleSlopes.IsEmpty)
        {
            Vectors.AddScaled(scaleSlope, 1 / scale, scaleSlopes);
        }

        squares += error * error;
        rows++;
    }

    /// <summary>Works in the derivative of the common factor. To be called once, after the last row.</summary>
    public void Finish()
    {
        for (int index = 0; index < scaleSlope.Length; index++)
        {
            scaleSlope[index] /= rows;
        }

        for (int row = 0; row < gradient.Length; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                products[row][column] += (gradient[row] * scaleSlope[column]) + (scaleSlope[row] * gradient[column]) + (squares * scaleSlope[row] * scaleSlope[column]);
            }
        }

        Vectors.AddScaled(gradient, squares, scaleSlope);
    }

    /// <summary>Solves (JᵀJ + λ diag JᵀJ) step = -Jᵀe.</summary>
    public double[] Step(double damping)
    {
        double[][] damped = Array.ConvertAll(products, row => (double[])row.Clone());
        for (int index = 0; index < damped.Length; index++)
        {
            // A variable without influence stays where it is.
            damped[index][index] = products[index][index] > 0 ? products[index][index] * (1 + damping) : 1;
        }

        return Cholesky.Solve(damped, Array.ConvertAll(gradient, part => -part));
    }

    private static double[][] Triangle(int size)
    {
        double[][] triangle = new double[size][];
        for (int row = 0; row < size; row++)
        {
            triangle[row] = new double[row + 1];
        }

        return triangle;
    }
}
