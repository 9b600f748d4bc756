namespace Trainyard.Learning.Learners;

/// <summary>Predictions of training rows by those trees only whose bootstrap sample left the row out.</summary>
/// <remarks>Source: Breiman, Out-of-bag estimation, 1996. Nearly as good as held-out rows, and no row is lost to fitting.</remarks>
/// <param name="Rows">The training rows that at least one tree left out, ascending.</param>
/// <param name="Outputs">Row-major, the model's outputs for each of them.</param>
public sealed record OutOfBagOutputs(int[] Rows, double[] Outputs);
