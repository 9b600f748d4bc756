namespace Trainyard.Learning.Learners.Boosting;

/// <summary>A loss whose curvature says nothing, so that each leaf is set to what is best for its own rows.</summary>
/// <remarks>Source: Friedman, Greedy function approximation, Annals of Statistics 29, 2001, sections 4.3 and 4.4.</remarks>
internal interface ILeafObjective : IObjective
{
    /// <summary>The best step for rows with these residuals.</summary>
    /// <param name="residuals">Label less score; reordered. At least one.</param>
    /// <param name="weights">Their weights, of at least 0; reordered along.</param>
    double Leaf(Span<double> residuals, Span<double> weights);
}
