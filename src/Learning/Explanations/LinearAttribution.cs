using Trainyard.Learning.Learners.Linear;

namespace Trainyard.Learning.Explanations;

/// <summary>Shapley values of a weighted sum whose features vary independently: weight × (value - mean).</summary>
/// <remarks>Source: Lundberg and Lee, A unified approach to interpreting model predictions, NIPS 2017, corollary 1.</remarks>
internal sealed class LinearAttribution : IAttribution
{
    private readonly LinearModel model;
    private readonly double[] means;
    private readonly double[] bases;

    /// <param name="model">The model.</param>
    /// <param name="means">Of each feature over the background rows; a missing value counts as 0, as in predicting.</param>
    public LinearAttribution(LinearModel model, double[] means)
    {
        this.model = model;
        this.means = means;
        bases = model.Intercepts.ToArray();
        for (int score = 0; score < bases.Length; score++)
        {
            for (int feature = 0; feature < means.Length; feature++)
            {
                bases[score] += Weight(score, feature) * means[feature];
            }
        }
    }

    public string Method => "linear";

    public ContributionScale Scale => model.Link switch
    {
        LinearLink.Logistic => ContributionScale.LogOdds,
        LinearLink.Softmax => ContributionScale.ClassScore,
        _ => ContributionScale.Value,
    };

    public ReadOnlySpan<double> Bases => bases;

    public long WorkPerRow => model.Slopes.Length;

    public void Explain(ReadOnlySpan<double> rows, int rowCount, Span<double> contributions, CancellationToken cancellationToken)
    {
        for (int row = 0; row < rowCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> values = rows.Slice(row * means.Length, means.Length);
            for (int score = 0; score < bases.Length; score++)
            {
                int start = ((row * bases.Length) + score) * means.Length;
                for (int feature = 0; feature < means.Length; feature++)
                {
                    double value = double.IsNaN(values[feature]) ? 0 : values[feature];
                    contributions[start + feature] = Weight(score, feature) * (value - means[feature]);
                }
            }
        }
    }

    private double Weight(int score, int feature) => model.Slopes[(score * means.Length) + feature];
}
