namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>Partial derivatives of the weights by the free numbers behind them.</summary>
/// <param name="size">The number of variables; those beyond the weights have derivative 0.</param>
internal sealed class WeightSlopes(int size)
{
    public double[] Alpha { get; } = new double[size];

    public double[] Beta { get; } = new double[size];

    public double[] Gamma { get; } = new double[size];

    public double[] Phi { get; } = new double[size];
}
