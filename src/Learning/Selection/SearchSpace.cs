using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Bayes;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Learners.Forests;
using Trainyard.Learning.Learners.Linear;
using Trainyard.Learning.Learners.Neighbors;
using Trainyard.Learning.Learners.Networks;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Selection;

/// <summary>What <c>auto</c> tries when it has the time: every learner that suits the task and the size, in several settings.</summary>
/// <remarks>
/// Boosted trees fill the list up with settings drawn at random, which finds good ones sooner than a grid: Bergstra and
/// Bengio, Random search for hyper-parameter optimization, JMLR 13, 2012.
/// </remarks>
public static class SearchSpace
{
    /// <summary>Candidates at most: three rungs of a third each, from 27 to 3.</summary>
    public const int MaximumCandidates = 27;

    /// <summary>Rows up to which nearest neighbours are searched: every prediction looks through them.</summary>
    public const int MaximumNeighborRows = 50_000;

    /// <summary>The candidates for a task and a size, the simplest first; those of <see cref="CandidateList"/> are among them.</summary>
    /// <param name="task">What is predicted.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="features">Input columns.</param>
    /// <param name="seed">Decides the settings that are drawn.</param>
    /// <param name="isMonotone">True to try only learners that keep predictions monotone.</param>
    public static IReadOnlyList<Candidate> For(LearningTask task, int rows, int features, ulong seed, bool isMonotone = false)
    {
        IReadOnlyList<Candidate> usual = CandidateList.Own(task, rows, features, isMonotone);
        IReadOnlyList<Candidate> engines = CandidateList.OfEngines(task, rows, features, isMonotone);
        if (!task.IsSupervised())
        {
            return [.. usual, .. engines];
        }

        bool isLarge = (long)rows * features > CandidateList.LargeCells;
        List<Candidate> all = isLarge || isMonotone ? [.. usual] : [.. Simple(task, rows), .. usual, .. Elaborate()];
        if (features <= CandidateList.ManyFeatures || isMonotone)
        {
            all.AddRange(Boosted(rows, seed, MaximumCandidates - all.Count - engines.Count));
        }

        return [.. all, .. engines.Take(MaximumCandidates - all.Count)];
    }

    private static IEnumerable<Candidate> Simple(LearningTask task, int rows)
    {
        if (task == LearningTask.Classification)
        {
            yield return CandidateList.Make(GaussianNaiveBayesLearner.LearnerName, GaussianNaiveBayesLearner.LearnerName);
            yield return CandidateList.Make($"{LogisticRegressionLearner.LearnerName}_weak", LogisticRegressionLearner.LearnerName, ("l2", 0.1));
        }
        else
        {
            yield return CandidateList.Make(ElasticNetLearner.RidgeName, ElasticNetLearner.RidgeName, ("alpha", 100));
            yield return CandidateList.Make(ElasticNetLearner.LassoName, ElasticNetLearner.LassoName);
            yield return CandidateList.Make($"{ElasticNetLearner.LassoName}_weak", ElasticNetLearner.LassoName, ("alpha", 0.01));
            yield return CandidateList.Make(ElasticNetLearner.ElasticNetName, ElasticNetLearner.ElasticNetName, ("alpha", 0.1));
        }

        yield return CandidateList.Make(DecisionTreeLearner.LearnerName, DecisionTreeLearner.LearnerName, ("max_depth", 6));
        if (rows <= MaximumNeighborRows)
        {
            yield return CandidateList.Make(NearestNeighborsLearner.LearnerName, NearestNeighborsLearner.LearnerName);
            yield return CandidateList.Make($"{NearestNeighborsLearner.LearnerName}_many", NearestNeighborsLearner.LearnerName, ("neighbors", 25), ("distance_weights", 1));
        }
    }

    private static IEnumerable<Candidate> Elaborate()
    {
        yield return CandidateList.Make(ExtraTreesLearner.LearnerName, ExtraTreesLearner.LearnerName, ("trees", 200));
        yield return CandidateList.Make($"{RandomForestLearner.LearnerName}_smooth", RandomForestLearner.LearnerName, ("trees", 200), ("min_rows_per_leaf", 5));
        yield return CandidateList.Make(NeuralNetworkLearner.LearnerName, NeuralNetworkLearner.LearnerName);
        yield return CandidateList.Make($"{NeuralNetworkLearner.LearnerName}_deep", NeuralNetworkLearner.LearnerName, ("hidden_layers", 2), ("hidden_units", 64), ("l2", 1e-2));
    }

    private static IEnumerable<Candidate> Boosted(int rows, ulong seed, int count)
    {
        IReadOnlyList<HyperParameter> declared = LearnerCatalog.Get(GradientBoostingLearner.LearnerName).HyperParameters;

        // Leaves of a fiftieth of the rows at most, or a small table is not split at all.
        (string Name, double Low, double High)[] ranges =
        [
            ("iterations", 50, 400), ("learning_rate", 0.02, 0.3), ("max_leaves", 4, 63), ("min_rows_per_leaf", 2, Math.Clamp(rows / 50, 3, 100)),
            ("l2", 0, 10), ("row_fraction", 0.5, 1), ("feature_fraction", 0.4, 1),
        ];
        for (int index = 0; index < count; index++)
        {
            DeterministicRandom random = new DeterministicRandom(seed).Fork((ulong)index);
            yield return CandidateList.Make(
                $"{GradientBoostingLearner.LearnerName}_{index + 1}",
                GradientBoostingLearner.LearnerName,
                [.. ranges.Select(range => (range.Name, Draw(declared.First(parameter => parameter.Name == range.Name), range.Low, range.High, random)))]);
        }
    }

    /// <summary>A value on the scale of the parameter, to four digits, so that people can read and repeat it.</summary>
    private static double Draw(HyperParameter parameter, double low, double high, DeterministicRandom random)
    {
        double share = random.NextDouble();
        double value = parameter.IsLogarithmic ? low * Math.Pow(high / low, share) : low + ((high - low) * share);
        return parameter.IsInteger ? Math.Round(value) : double.Parse(value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
    }
}
