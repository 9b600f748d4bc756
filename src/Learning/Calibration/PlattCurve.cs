namespace Trainyard.Learning.Calibration;

/// <summary>1 / (1 + e^(slope × score + intercept)). Immutable.</summary>
/// <remarks>
/// Source: Platt, Probabilistic outputs for support vector machines, 1999, with his priors: the target of a positive row is
/// (n₊ + 1) / (n₊ + 2) and that of a negative one 1 / (n₋ + 2), so that no finite sample makes a curve sure. Fitted by
/// Newton's method with backtracking: Lin, Lin and Weng, A note on Platt's probabilistic outputs, Machine Learning 68, 2007.
/// </remarks>
/// <param name="Slope">Below 0 when larger scores are more positive.</param>
/// <param name="Intercept">The curve is at one half where slope × score is its negative.</param>
public sealed record PlattCurve(double Slope, double Intercept)
{
    private const int MaximumIterations = 100;

    /// <summary>Keeps the Hessian invertible (Lin, Lin and Weng).</summary>
    private const double Ridge = 1e-12;

    /// <summary>Slopes of the loss below which it is at its bottom.</summary>
    private const double Converged = 1e-10;

    private const double SmallestStep = 1e-10;

    /// <summary>Least share of the predicted improvement that a step must bring (Lin, Lin and Weng).</summary>
    private const double Sufficient = 1e-4;

    /// <summary>The probability at a score.</summary>
    public double At(double score)
    {
        double exponent = (Slope * score) + Intercept;
        double tail = Math.Exp(-Math.Abs(exponent));
        return exponent >= 0 ? tail / (1 + tail) : 1 / (1 + tail);
    }

    /// <summary>Fits the curve.</summary>
    /// <param name="scores">Finite scores, the larger the more positive.</param>
    /// <param name="positive">Which rows are positive.</param>
    /// <param name="cancellationToken">Observed at every pass over the rows.</param>
    /// <exception cref="LearningException"><c>calibration_one_class</c>: all rows are positive, or none.</exception>
    public static PlattCurve Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, CancellationToken cancellationToken = default)
    {
        double positives = CalibrationRows.CountPositives(positive);
        double high = (positives + 1) / (positives + 2);
        double low = 1 / (positive.Length - positives + 2);
        double slope = 0;
        double intercept = Math.Log((positive.Length - positives + 1) / (positives + 1));
        double loss = Loss(scores, positive, high, low, slope, intercept);
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (double bySlope, double byIntercept, double stepSlope, double stepIntercept) = Step(scores, positive, high, low, new PlattCurve(slope, intercept));
            if (Math.Abs(bySlope) < Converged && Math.Abs(byIntercept) < Converged)
            {
                break;
            }

            double improvement = (bySlope * stepSlope) + (byIntercept * stepIntercept);
            double length = 1;
            for (; length >= SmallestStep; length /= 2)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double next = Loss(scores, positive, high, low, slope + (length * stepSlope), intercept + (length * stepIntercept));
                if (next < loss + (Sufficient * length * improvement))
                {
                    (slope, intercept, loss) = (slope + (length * stepSlope), intercept + (length * stepIntercept), next);
                    break;
                }
            }

            if (length < SmallestStep)
            {
                break;
            }
        }

        return new PlattCurve(slope, intercept);
    }

    /// <summary>The gradient of the loss and Newton's step.</summary>
    private static (double BySlope, double ByIntercept, double StepSlope, double StepIntercept) Step(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, double high, double low, PlattCurve curve)
    {
        (double slopeSlope, double interceptIntercept, double slopeIntercept) = (Ridge, Ridge, 0.0);
        (double bySlope, double byIntercept) = (0.0, 0.0);
        for (int row = 0; row < scores.Length; row++)
        {
            double probability = curve.At(scores[row]);
            double error = (positive[row] ? high : low) - probability;
            double spread = probability * (1 - probability);
            bySlope += scores[row] * error;
            byIntercept += error;
            slopeSlope += scores[row] * scores[row] * spread;
            slopeIntercept += scores[row] * spread;
            interceptIntercept += spread;
        }

        double determinant = (slopeSlope * interceptIntercept) - (slopeIntercept * slopeIntercept);
        double stepSlope = -((interceptIntercept * bySlope) - (slopeIntercept * byIntercept)) / determinant;
        double stepIntercept = -((slopeSlope * byIntercept) - (slopeIntercept * bySlope)) / determinant;
        return (bySlope, byIntercept, stepSlope, stepIntercept);
    }

    /// <summary>The cross-entropy with Platt's targets, safe from overflow.</summary>
    private static double Loss(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, double high, double low, double slope, double intercept)
    {
        double sum = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            double exponent = (slope * scores[row]) + intercept;
            double target = positive[row] ? high : low;
            sum += (target * exponent) + Math.Max(-exponent, 0) + Math.Log(1 + Math.Exp(-Math.Abs(exponent)));
        }

        return sum;
    }
}
