namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>One run through a series.</summary>
/// <param name="Objective">What is minimised; infinite where the run had to end.</param>
/// <param name="Squares">Σ eₜ² of the noise: relative errors where it is multiplicative.</param>
/// <param name="RawSquares">Σ (yₜ - ŷₜ)².</param>
/// <param name="Weights">The weights it ran with.</param>
/// <param name="State">The state at the end.</param>
internal sealed record SmoothingFit(double Objective, double Squares, double RawSquares, SmoothingWeights Weights, SmoothingState State)
{
    public static SmoothingFit Infeasible(SmoothingWeights weights, SmoothingState state) =>
        new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, weights, state);
}
