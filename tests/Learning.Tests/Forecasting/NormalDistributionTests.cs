using Trainyard.Learning.Forecasting;

namespace Trainyard.Learning.Tests.Forecasting;

public class NormalDistributionTests
{
    /// <summary>By scipy.stats.norm.ppf.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.8, 0.8416212335729143)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.995, 2.5758293035489004)]
    [InlineData(0.0005, -3.2905267314919255)]
    [InlineData(0.02, -2.053748910631823)]
    public void Quantile_OfKnownShares_IsTheWitness(double probability, double expected) =>
        Assert.Equal(expected, NormalDistribution.Quantile(probability), 1e-8);
}
