namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>Minimises a <see cref="SmoothingObjective"/> by damped Gauss-Newton steps.</summary>
/// <remarks>Source: Marquardt, An algorithm for least-squares estimation of nonlinear parameters, 1963; damping as in Nocedal and Wright, Numerical optimization, 2006, section 10.3.</remarks>
internal static class LevenbergMarquardt
{
    private const int MaximumIterations = 200;
    private const double FirstDamping = 1e-2;
    private const double LeastDamping = 1e-9;
    private const double MostDamping = 1e9;
    private const double Relax = 0.2;
    private const double Tighten = 4;

    /// <summary>A gain per observation, in units of the objective, that is not worth another step.</summary>
    private const double SmallestGain = 1e-9;

    /// <summary>Steps of small gain in a row that end the search.</summary>
    private const int Patience = 3;

    public static SmoothingFit Minimize(SmoothingObjective objective, double[] start, int rows, CancellationToken cancellationToken)
    {
        double[] point = start;
        SmoothingFit best = objective.Evaluate(point, null);
        double damping = FirstDamping;
        int small = 0;
        for (int iteration = 0; iteration < MaximumIterations && small < Patience && double.IsFinite(best.Objective); iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            NormalSums sums = new(objective.Size);
            objective.Evaluate(point, sums);
            double before = best.Objective;
            while (damping <= MostDamping)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double[] step = sums.Step(damping);
                double[] next = [.. point.Zip(step, (from, by) => from + by)];
                SmoothingFit tried = objective.Evaluate(next, null);
                if (tried.Objective < best.Objective)
                {
                    (point, best) = (next, tried);
                    damping = Math.Max(LeastDamping, damping * Relax);
                    break;
                }

                damping *= Tighten;
            }

            if (damping > MostDamping)
            {
                break;
            }

            small = before - best.Objective < SmallestGain * rows ? small + 1 : 0;
        }

        return best;
    }
}
