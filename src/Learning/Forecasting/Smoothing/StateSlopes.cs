namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>Partial derivatives of level, slope, seasons and fitted value by every variable, carried along with the state.</summary>
internal sealed class StateSlopes
{
    private readonly SmoothingForm form;
    private readonly WeightSlopes weightSlopes;
    private readonly double[] level;
    private readonly double[] trend;
    private readonly double[][] seasons;
    private readonly double[] expected;

    /// <param name="form">The member of the family.</param>
    /// <param name="weightSlopes">Derivatives of the weights.</param>
    /// <param name="size">Variables: the weights, then level, slope, and seasons but the last where those are searched for.</param>
    public StateSlopes(SmoothingForm form, WeightSlopes weightSlopes, int size)
    {
        this.form = form;
        this.weightSlopes = weightSlopes;
        level = new double[size];
        trend = new double[size];
        expected = new double[size];
        Error = new double[size];
        seasons = new double[form.HasSeason ? form.SeasonLength : 0][];
        for (int index = 0; index < seasons.Length; index++)
        {
            seasons[index] = new double[size];
        }

        int next = form.WeightCount;
        level[next++] = 1;
        if (form.HasTrend)
        {
            trend[next++] = 1;
        }

        // Seasons sum to a constant, so the last one falls as any other rises.
        for (int index = 0; next < size; index++, next++)
        {
            seasons[index][next] = 1;
            seasons[^1][next] = -1;
        }
    }

    /// <summary>Derivatives of the error of the step that was looked at last.</summary>
    public double[] Error { get; }

    /// <summary>Differentiates y - ŷ of the coming step.</summary>
    public void Look(SmoothingState state, SmoothingWeights weights)
    {
        double own = state.Expected(weights.Phi);
        double season = state.Season;
        double[]? seasonal = form.HasSeason ? seasons[state.Position] : null;
        for (int index = 0; index < Error.Length; index++)
        {
            expected[index] = level[index] + (weights.Phi * trend[index]) + (state.Trend * weightSlopes.Phi[index]);
            Error[index] = seasonal is null ? -expected[index]
                : form.Season == SeasonKind.Additive ? -(expected[index] + seasonal[index])
                : -((season * expected[index]) + (own * seasonal[index]));
        }
    }

    /// <summary>Differentiates the step that <see cref="SmoothingState.Advance"/> is about to take; to be called before it and after <see cref="Look"/>.</summary>
    public void Advance(SmoothingState state, SmoothingWeights weights, double error)
    {
        bool multiplies = form.Season == SeasonKind.Multiplicative;
        double own = state.Expected(weights.Phi);
        double season = state.Season;
        double[]? seasonal = form.HasSeason ? seasons[state.Position] : null;
        double levelError = multiplies ? error / season : error;
        double seasonError = multiplies ? error / own : error;
        for (int index = 0; index < Error.Length; index++)
        {
            double levelSlope = Error[index];
            if (seasonal is not null)
            {
                double seasonSlope = Error[index];
                if (multiplies)
                {
                    levelSlope = (Error[index] - (levelError * seasonal[index])) / season;
                    seasonSlope = (Error[index] - (seasonError * expected[index])) / own;
                }

                seasonal[index] += (weights.Gamma * seasonSlope) + (weightSlopes.Gamma[index] * seasonError);
            }

            level[index] = expected[index] + (weights.Alpha * levelSlope) + (weightSlopes.Alpha[index] * levelError);
            trend[index] = (weights.Phi * trend[index]) + (state.Trend * weightSlopes.Phi[index]) + (weights.Beta * levelSlope) + (weightSlopes.Beta[index] * levelError);
        }
    }
}
