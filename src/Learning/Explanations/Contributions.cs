namespace Trainyard.Learning.Explanations;

/// <summary>What each column adds to each score of each row. Immutable.</summary>
/// <remarks>For every row and score, the base and all contributions add up to the score.</remarks>
/// <param name="Method">How they were found: <c>tree_path_dependent</c> and <c>linear</c> are exact, <c>permutation_sampling</c> is an estimate.</param>
/// <param name="Scale">What the scores are.</param>
/// <param name="Columns">The columns that the model reads, in the order of its inputs.</param>
/// <param name="ScoreCount">1 for a number or log-odds; otherwise the number of classes.</param>
/// <param name="RowCount">Rows explained.</param>
/// <param name="Bases">The score of a row of which nothing is known: one per score, or one per row and score where <paramref name="Method"/> draws it for each row.</param>
/// <param name="Values">Row by row, in it score by score, one value per column.</param>
public sealed record Contributions(string Method, ContributionScale Scale, IReadOnlyList<string> Columns, int ScoreCount, int RowCount, double[] Bases, double[] Values)
{
    /// <summary>Per value its standard error; null when values are exact.</summary>
    public double[]? StandardErrors { get; init; }

    /// <summary>The contributions of one row to one score, by column.</summary>
    public ReadOnlySpan<double> Of(int row, int score) => Values.AsSpan(((row * ScoreCount) + score) * Columns.Count, Columns.Count);

    /// <summary>The base of one row's score.</summary>
    public double BaseOf(int row, int score) => Bases[Bases.Length == ScoreCount ? score : (row * ScoreCount) + score];

    /// <summary>The score that base and contributions add up to.</summary>
    public double ScoreOf(int row, int score)
    {
        double sum = BaseOf(row, score);
        foreach (double value in Of(row, score))
        {
            sum += value;
        }

        return sum;
    }
}
