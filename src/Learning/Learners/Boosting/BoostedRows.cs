using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Rows with the scores that the trees so far give them.</summary>
internal sealed class BoostedRows
{
    private readonly double[] labels;
    private readonly IObjective objective;
    private readonly double[][] scores;

    public BoostedRows(TrainingSet set, BinnedFeatures binned, IObjective objective)
    {
        Binned = binned;
        labels = set.Labels;
        Weights = TargetBuilder.Weights(set);
        this.objective = objective;
        scores = new double[objective.ScoreCount][];
        for (int index = 0; index < scores.Length; index++)
        {
            scores[index] = new double[labels.Length];
        }
    }

    public BinnedFeatures Binned { get; }

    public double[] Weights { get; }

    public int Count => labels.Length;

    public void Start(double[] baseline)
    {
        for (int index = 0; index < scores.Length; index++)
        {
            Array.Fill(scores[index], baseline[index]);
        }
    }

    /// <summary>Adds a tree's leaves to one score of every row.</summary>
    public void Add(GrownTree tree, int score)
    {
        double[] sums = scores[score];
        for (int row = 0; row < sums.Length; row++)
        {
            sums[row] += tree.LeafOf(Binned, row)[0];
        }
    }

    /// <summary>Fills the targets of the next round, one per score; returns the mean loss before it.</summary>
    public double Derive(Targets[] targets)
    {
        double[] buffer = new double[3 * scores.Length];
        Span<double> current = buffer.AsSpan(0, scores.Length);
        Span<double> pulls = buffer.AsSpan(scores.Length, scores.Length);
        Span<double> hessians = buffer.AsSpan(2 * scores.Length);
        double loss = 0;
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            CopyScores(row, current);
            objective.Derive(labels[row], current, pulls, hessians);
            loss += Weights[row] * objective.Loss(labels[row], current);
            total += Weights[row];
            for (int index = 0; index < targets.Length; index++)
            {
                targets[index].Pulls[row] = Weights[row] * pulls[index];
                targets[index].Hessians[row] = Weights[row] * hessians[index];
            }
        }

        return loss / total;
    }

    /// <summary>The weighted mean loss of the current scores.</summary>
    public double MeanLoss()
    {
        double[] current = new double[scores.Length];
        double loss = 0;
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            CopyScores(row, current);
            loss += Weights[row] * objective.Loss(labels[row], current);
            total += Weights[row];
        }

        return loss / total;
    }

    private void CopyScores(int row, Span<double> destination)
    {
        for (int index = 0; index < destination.Length; index++)
        {
            destination[index] = scores[index][row];
        }
    }
}
