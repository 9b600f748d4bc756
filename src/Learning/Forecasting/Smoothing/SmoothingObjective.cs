namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>What makes the weights and first values of one form likely: n ln Σ eₜ² + 2 Σ ln gₜ, to be as small as it can be.</summary>
/// <remarks>
/// eₜ = (yₜ - ŷₜ) / gₜ with gₜ = 1 for additive noise and ŷₜ for multiplicative noise; it is minus twice the log-likelihood of
/// normal noise, less a constant (Hyndman et al., 2008, equation 5.3). As n ln (G² Σ eₜ²) with G = exp(mean ln gₜ) it is the
/// logarithm of a sum of squares.
/// </remarks>
internal sealed class SmoothingObjective
{
    /// <summary>Errors below this share of the largest value are rounding, and none is better than another.</summary>
    private const double RoundingShare = 1e-12;

    /// <summary>Rows between two looks at the token: a fraction of a millisecond.</summary>
    private const int RowsPerLook = 1024;

    private readonly SmoothingForm form;
    private readonly double[] values;
    private readonly double[] seasonStart;
    private readonly int size;
    private readonly CancellationToken cancellationToken;

    /// <param name="form">The member of the family.</param>
    /// <param name="values">The series, scaled so that its largest absolute value is from 1 to 2, or all 0.</param>
    /// <param name="seasonStart">The first seasons where they are not searched for; else empty.</param>
    /// <param name="cancellationToken">Observed on the way.</param>
    public SmoothingObjective(SmoothingForm form, double[] values, double[] seasonStart, CancellationToken cancellationToken = default)
    {
        this.form = form;
        this.values = values;
        this.seasonStart = seasonStart;
        this.cancellationToken = cancellationToken;
        size = form.WeightCount + 1 + (form.HasTrend ? 1 : 0) + (form.HasSeason && seasonStart.Length == 0 ? form.SeasonLength - 1 : 0);
    }

    public int Size => size;

    /// <summary>The objective, or infinity where the states leave what the form allows.</summary>
    /// <param name="point">Free numbers of the weights, then level, slope and seasons.</param>
    /// <param name="sums">Null, or receives what a Gauss-Newton step needs.</param>
    public SmoothingFit Evaluate(double[] point, NormalSums? sums)
    {
        WeightSlopes? weightSlopes = sums is null ? null : new WeightSlopes(size);
        SmoothingWeights weights = SmoothingWeights.At(form, point, weightSlopes);
        StateSlopes? slopes = weightSlopes is null ? null : new StateSlopes(form, weightSlopes, size);
        SmoothingFit fit = Filter(weights, Start(point), slopes, sums);
        sums?.Finish();
        return fit;
    }

    /// <summary>Runs through the series.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="state">The state before the first step; moved to the end.</param>
    public SmoothingFit Filter(SmoothingWeights weights, SmoothingState state) => Filter(weights, state, null, null);

    private SmoothingFit Filter(SmoothingWeights weights, SmoothingState state, StateSlopes? slopes, NormalSums? sums)
    {
        bool scales = form.Error == ErrorKind.Multiplicative;
        double[] relative = new double[scales && sums is not null ? size : 0];
        double[] scaleSlopes = new double[relative.Length];
        double squares = 0;
        double rawSquares = 0;
        double logs = 0;
        for (int row = 0; row < values.Length; row++)
        {
            if (row % RowsPerLook == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            double value = values[row];
            if (!state.IsFeasible(weights.Phi))
            {
                return SmoothingFit.Infeasible(weights, state);
            }

            double fitted = state.Fitted(weights.Phi);
            double raw = value - fitted;
            double error = scales ? raw / fitted : raw;
            logs += scales ? Math.Log(fitted) : 0;
            squares += error * error;
            rawSquares += raw * raw;
            if (slopes is not null && sums is not null)
            {
                slopes.Look(state, weights);
                for (int index = 0; index < relative.Length; index++)
                {
                    scaleSlopes[index] = -slopes.Error[index];
                    relative[index] = slopes.Error[index] * (1 + error) / fitted;
                }

                sums.Add(error, scales ? relative : slopes.Error, fitted, scaleSlopes);
                slopes.Advance(state, weights, raw);
            }

            state.Advance(weights, raw);
        }

        double rounding = values.Length * RoundingShare * RoundingShare;
        double objective = values.Length * Math.Log(Math.Max(squares * Math.Exp(2 * logs / values.Length), rounding));
        return double.IsFinite(rawSquares) && double.IsFinite(objective)
            ? new SmoothingFit(objective, squares, rawSquares, weights, state)
            : SmoothingFit.Infeasible(weights, state);
    }

    private SmoothingState Start(double[] point)
    {
        int next = form.WeightCount;
        double level = point[next++];
        double trend = form.HasTrend ? point[next++] : 0;
        if (!form.HasSeason)
        {
            return new SmoothingState(form, level, trend, []);
        }

        if (seasonStart.Length > 0)
        {
            return new SmoothingState(form, level, trend, [.. seasonStart]);
        }

        double[] free = point[next..];
        double whole = form.Season == SeasonKind.Multiplicative ? form.SeasonLength : 0;
        return new SmoothingState(form, level, trend, [.. free, whole - free.Sum()]);
    }
}
