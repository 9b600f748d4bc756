namespace Trainyard.Learning.Learners.Boosting;

/// <summary>A loss that boosting descends: its gradient and curvature in the scores.</summary>
internal interface IObjective
{
    /// <summary>Scores per row.</summary>
    int ScoreCount { get; }

    /// <summary>The best constant scores.</summary>
    double[] Baseline(ReadOnlySpan<double> labels, ReadOnlySpan<double> weights);

    /// <summary>The pull (negative gradient) and Hessian of one row, unweighted.</summary>
    void Derive(double label, ReadOnlySpan<double> scores, Span<double> pulls, Span<double> hessians);

    /// <summary>The same for many rows of an objective with one score; those that gain by it do several at a time.</summary>
    void DeriveRows(ReadOnlySpan<double> labels, ReadOnlySpan<double> scores, Span<double> pulls, Span<double> hessians)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            Derive(labels[row], scores.Slice(row, 1), pulls.Slice(row, 1), hessians.Slice(row, 1));
        }
    }

    /// <summary>The loss of one row, unweighted.</summary>
    double Loss(double label, ReadOnlySpan<double> scores);
}
