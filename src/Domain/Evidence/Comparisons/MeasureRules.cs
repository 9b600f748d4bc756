namespace Trainyard.Domain.Evidence.Comparisons;

/// <summary>How a measure is read.</summary>
/// <param name="Name">What it is called in results.</param>
/// <param name="HigherIsBetter">Whether more of it is better.</param>
/// <param name="Least">What 0 stands for.</param>
/// <param name="Greatest">What 1 stands for.</param>
/// <param name="AllowedHarm">By how much it may be worse, in its own unit; of the metric itself not used.</param>
public sealed record MeasureRules(string Name, bool HigherIsBetter, double Least = 0, double Greatest = 1, double AllowedHarm = 0)
{
    /// <summary>A scaled mean in its own unit.</summary>
    public double Unscale(double mean) => Least + (mean * Range);

    /// <summary>How far apart two values can be.</summary>
    public double Range => Greatest - Least;
}
