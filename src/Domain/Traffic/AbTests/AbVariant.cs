using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>A version in an A/B test.</summary>
/// <param name="Name">What it is called in results.</param>
/// <param name="Sequence">The version.</param>
/// <param name="Percent">Its share of the traffic.</param>
public sealed record AbVariant(string Name, int Sequence, double Percent)
{
    /// <summary>The version as users see it.</summary>
    internal string Version => ModelVersion.LabelOf(Sequence);
}
