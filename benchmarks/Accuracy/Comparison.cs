using Trainyard.Learning.Learners;

namespace Trainyard.Benchmarks.Accuracy;

/// <summary>Fits ours where the peer was fitted and scores it alike.</summary>
internal static class Comparison
{
    /// <summary>Every metric of a case.</summary>
    public static IEnumerable<Verdict> Compare(PeerTable table, PeerCase peer)
    {
        double[][] scores = [.. peer.Metrics.Select(metric => new double[metric.Peer.Length])];
        int seeds = peer.Metrics.Max(metric => metric.Peer.Length);
        for (int seed = 0; seed < seeds; seed++)
        {
            List<double?[]> folds = [.. Enumerable.Range(0, Math.Max(1, table.FoldCount)).Select(fold => Score(table, peer, seed, fold))];
            for (int metric = 0; metric < scores.Length; metric++)
            {
                scores[metric][seed] = folds.Select(fold => fold[metric]).OfType<double>().Average();
            }
        }

        return peer.Metrics.Select((metric, index) => new Verdict(table.Name, peer.Study, metric, scores[index]));
    }

    private static double?[] Score(PeerTable table, PeerCase peer, int seed, int fold)
    {
        ILearner learner = LearnerCatalog.Get(peer.Learner);
        TrainingSet training = table.Select(table.Rows(seed, fold, isHeld: false)) with { Monotone = learner.KeepsMonotone ? Directions(table) : null };
        TrainingSet held = table.Select(table.Rows(seed, fold, isHeld: true));
        if (peer.Standardize)
        {
            (training, held) = PeerTables.Standardize(training, held);
        }

        IModel model = learner.Fit(training, new LearnerSettings(peer.Settings), new FitOptions((ulong)seed), default);
        double[] outputs = new double[held.Features.RowCount * model.OutputCount];
        model.PredictRows(held.Features, 0, outputs);
        return Array.ConvertAll(peer.Metrics, metric => Measures.Of(metric.Name, model, held, outputs));
    }

    private static Dictionary<string, int>? Directions(PeerTable table) => Array.Exists(table.Monotone, direction => direction != 0)
        ? table.Monotone.Select((direction, index) => (Name: $"x{index}", direction)).Where(each => each.direction != 0).ToDictionary(each => each.Name, each => each.direction)
        : null;
}
