using Trainyard.Learning.Data;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Forecasting;

/// <summary>Bounds from futures drawn at random, for models whose intervals no formula gives.</summary>
internal static class SimulatedPaths
{
    /// <summary>Draws one future from a generator of its own, a value per step.</summary>
    public delegate void Draw(DeterministicRandom random, Span<double> path);

    /// <summary>The bounds of each step.</summary>
    public static (double[] Lower, double[] Upper) Bounds(int horizon, IntervalOptions intervals, Draw draw, CancellationToken cancellationToken)
    {
        double[][] steps = new double[horizon][];
        for (int step = 0; step < horizon; step++)
        {
            steps[step] = new double[intervals.Paths];
        }

        DeterministicRandom random = new(intervals.Seed);
        double[] path = new double[horizon];
        for (int index = 0; index < intervals.Paths; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            draw(random.Fork((ulong)index), path);
            for (int step = 0; step < horizon; step++)
            {
                steps[step][index] = path[step];
            }
        }

        double tail = (1 - intervals.Level) / 2;
        double[] lower = new double[horizon];
        double[] upper = new double[horizon];
        for (int step = 0; step < horizon; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Sort(steps[step]);
            lower[step] = Statistics.QuantileOfSorted(steps[step], tail);
            upper[step] = Statistics.QuantileOfSorted(steps[step], 1 - tail);
        }

        return (lower, upper);
    }
}
