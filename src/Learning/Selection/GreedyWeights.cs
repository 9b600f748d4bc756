using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Selection;

/// <summary>Chooses how much each model counts in a mean: again and again the model is added that improves the mean's score most.</summary>
/// <remarks>
/// Source: Caruana, Niculescu-Mizil, Crew and Ksikes, Ensemble selection from libraries of models, ICML 2004, with
/// replacement and from the best single model on. It ends when nothing improves the score.
/// </remarks>
internal static class GreedyWeights
{
    /// <summary>Models added at most; the weights are then multiples of a twentieth.</summary>
    public const int MaximumRounds = 20;

    /// <param name="predictions">Per model, row-major, predictions of rows that it had not seen.</param>
    /// <param name="score">Judges such predictions; null where the metric is undefined.</param>
    /// <param name="metric">Whether bigger is better.</param>
    /// <param name="cancellationToken">Observed before each judgement.</param>
    /// <returns>How often each model was added; the first once where the metric is undefined.</returns>
    public static int[] Choose(IReadOnlyList<double[]> predictions, Func<double[], double?> score, MetricInfo metric, CancellationToken cancellationToken)
    {
        int[] counts = new int[predictions.Count];
        double[] sum = new double[predictions[0].Length];
        double[] mean = new double[sum.Length];
        double reached = double.PositiveInfinity;
        for (int round = 1; round <= MaximumRounds; round++)
        {
            int best = -1;
            for (int model = 0; model < predictions.Count; model++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int index = 0; index < mean.Length; index++)
                {
                    mean[index] = (sum[index] + predictions[model][index]) / round;
                }

                double loss = Leaderboard.Loss(metric, score(mean));
                (best, reached) = loss < reached ? (model, loss) : (best, reached);
            }

            if (best < 0 && round > 1)
            {
                break;
            }

            best = Math.Max(best, 0);

            counts[best]++;
            for (int index = 0; index < sum.Length; index++)
            {
                sum[index] += predictions[best][index];
            }
        }

        return counts;
    }
}
