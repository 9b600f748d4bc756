using Trainyard.Learning.Explanations;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Anomalies;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Tests.Learners;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Explanations;

public class TreeAttributionTests
{
    private const ulong Seed = 31;
    private const int Categories = 40;

    [Theory]
    [InlineData("decision_tree", LearningTask.Regression)]
    [InlineData("decision_tree", LearningTask.Classification)]
    [InlineData("random_forest", LearningTask.Regression)]
    [InlineData("random_forest", LearningTask.Classification)]
    [InlineData("gradient_boosting", LearningTask.Regression)]
    [InlineData("gradient_boosting", LearningTask.Classification)]
    public void Explain_OnNumbersCategoriesAndMissingValues_IsShapleysDefinition(string learner, LearningTask task)
    {
        TrainingSet set = Mixed(task);
        TreeEnsembleModel model = (TreeEnsembleModel)Some.Fit(learner, set, learner switch
        {
            "random_forest" => [("trees", 4), ("max_depth", 8)],
            "gradient_boosting" => [("iterations", 5), ("min_rows_per_leaf", 2), ("max_depth", 6)],
            _ => [("min_rows_per_leaf", 1)],
        });
        Assert.True(model.Trees.NodeCount > 20);
        double divisor = learner == "random_forest" ? model.TreeCount : 1;
        int[] rows = [0, 1, 2, 3, 50, 51, 52];
        AssertByHand(model, Rows(set.Features, rows), divisor);
    }

    [Fact]
    public void Explain_OnPathsOfManyFeatures_IsShapleysDefinition()
    {
        DeterministicRandom random = new(Seed);
        double[][] columns = [.. Enumerable.Range(0, 11).Select(_ => Gaussians(random, 400))];
        double[] labels = Gaussians(random, 400);
        TreeEnsembleModel model = (TreeEnsembleModel)Some.Fit("decision_tree", Some.Regression(Some.Numbers(columns), labels), ("min_rows_per_leaf", 1));
        int most = TreePlaces.MostFeatures(TreePlaces.Of(model.Trees, model.Trees.Roots[0], TreePlaces.CoverOfNodes(model.Trees, model.Trees.Statistics!)));
        Assert.True(most > 8, $"no path asks more than {most} features");
        AssertByHand(model, Rows(Some.Numbers(columns), [7, 8]), 1);
    }

    [Fact]
    public void Explain_OfLeavesThatNoRowReached_IsShapleysDefinition()
    {
        // x0 <= 0 ? (x1 <= 0 ? 5 : x0 <= -1 ? 3 : 1) : 7, where no training row had x1 > 0 or x0 > 0.
        TreeNode[] nodes = [new(0, 0, 1, ~0, -1, true), new(0, 1, ~1, 2, -1, false), new(-1, 0, ~2, ~3, -1, false)];
        TreeEnsemble trees = new(1, nodes, [0], [0], [7, 5, 3, 1], [], new TreeStatistics([1, 1, 1], [0, 4, 0, 0]));
        TreeEnsembleModel model = new("decision_tree", 2, trees.Prepare(), OutputLink.Identity, [10]);
        AssertByHand(model, [[-2, 1], [-0.5, 1], [3, 0], [double.NaN, double.NaN], [-2, -1]], 1);
        Assert.Equal(15, new TreeAttribution(model).Bases[0]);
    }

    [Fact]
    public void Explain_OfATreeWithoutSplits_IsItsBase()
    {
        TreeEnsembleModel model = (TreeEnsembleModel)Some.Fit("decision_tree", Some.Regression(Some.Numbers([1, 1]), 4, 6));
        TreeAttribution attribution = new(model);
        double[] found = new double[1];
        attribution.Explain([1], 1, found, default);
        Assert.Equal((5, 0), (attribution.Bases[0], found[0]));
    }

    [Fact]
    public void Explain_OfAnIsolationForest_SharesOutTheLogarithmOfItsScore()
    {
        DeterministicRandom random = new(Seed);
        FeatureMatrix matrix = Some.Numbers([.. Enumerable.Range(0, 5).Select(_ => Gaussians(random, 300))]);
        IsolationForestModel model = (IsolationForestModel)Some.Fit("isolation_forest", Unlabelled(matrix), ("trees", 5), ("sample_rows", 64));
        TreeAttribution attribution = new(model);
        double[][] rows = [.. Rows(matrix, [0, 1, 2]), [9, 0, 0, -9, 0]];
        AssertByHand(attribution, model.Trees, rows, model.LogScorePerStep, [0]);
        foreach (double[] row in rows)
        {
            double[] found = new double[5];
            attribution.Explain(row, 1, found, default);
            Assert.Equal(Math.Log(model.Score(row)), attribution.Bases[0] + found.Sum(), 1e-9);
        }

        double[] outlier = new double[5];
        attribution.Explain(rows[^1], 1, outlier, default);
        Assert.True(outlier[0] > 0 && outlier[3] > 0 && Math.Min(outlier[0], outlier[3]) > outlier.Where((_, index) => index is 1 or 2 or 4).Max());
    }

    [Fact]
    public void Explain_OfAnIsolationForestThatCannotCut_IsItsBase()
    {
        IsolationForestModel model = (IsolationForestModel)Some.Fit("isolation_forest", Unlabelled(Some.Numbers([3])));
        TreeAttribution attribution = new(model);
        double[] found = new double[1];
        attribution.Explain([7], 1, found, default);
        Assert.Equal((Math.Log(0.5), 0), (attribution.Bases[0], found[0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Statistics_OfBoostedTrees_AreXGBoosts(int index)
    {
        // Only thresholds between neighbouring values differ, and where values go that no training row lacked.
        Case each = WitnessFile.Read<Case[]>("xgboost_contributions.json")[index];
        TreeEnsembleModel model = FitAsXGBoost(each);
        Assert.Equal(each.Contributions[0][^1], new TreeAttribution(model).Bases[0], 1e-6);
        for (int feature = 0; feature < model.FeatureCount; feature++)
        {
            int[] nodes = [.. Enumerable.Range(0, model.Trees.NodeCount).Where(node => model.Trees.Nodes[node].Feature == feature)];
            Assert.Equal(each.Splits[feature], nodes.Length);

            // XGBoost leaves the half out of its gain.
            Assert.Equal(each.Gains[feature], 2 * nodes.Sum(node => model.Trees.Statistics!.Gains[node]), each.Gains[feature] * 1e-5);
        }
    }

    private static TreeEnsembleModel FitAsXGBoost(Case each)
    {
        Document given = WitnessFile.Read<Document>("xgboost_trees.json");
        FeatureMatrix matrix = Some.Numbers(Array.ConvertAll(given.Columns, column => Array.ConvertAll(column, value => value ?? double.NaN)));
        double[] labels = given.Labels[each.Objective];
        TrainingSet set = each.Objective == "logistic" ? Some.Classes(matrix, 2, labels) : Some.Regression(matrix, labels);
        return (TreeEnsembleModel)Some.Fit(
            "gradient_boosting", set,
            ("iterations", 6), ("max_depth", 4), ("depth_wise", 1), ("learning_rate", 0.3), ("min_rows_per_leaf", 1),
            ("min_child_weight", each.ChildWeight), ("l1", each.L1), ("l2", each.L2));
    }

    private static void AssertByHand(TreeEnsembleModel model, double[][] rows, double divisor) =>
        AssertByHand(new TreeAttribution(model), model.Trees, rows, 1 / divisor, model.Baseline.ToArray());

    /// <summary>Holds every value against the definition, and that they add up to <paramref name="starts"/> and <paramref name="scale"/> × the trees' sums.</summary>
    private static void AssertByHand(TreeAttribution attribution, TreeEnsemble trees, double[][] rows, double scale, double[] starts)
    {
        int scores = attribution.Bases.Length;
        int features = rows[0].Length;
        double[] found = new double[rows.Length * scores * features];
        attribution.Explain(rows.SelectMany(row => row).ToArray(), rows.Length, found, default);
        double[] sums = new double[scores];
        for (int row = 0; row < rows.Length; row++)
        {
            Array.Clear(sums);
            trees.Accumulate(rows[row], sums);
            for (int score = 0; score < scores; score++)
            {
                double[] expected = ShapleyByHand.Of(trees, rows[row], score);
                ReadOnlySpan<double> actual = found.AsSpan(((row * scores) + score) * features, features);
                for (int feature = 0; feature < expected.Length; feature++)
                {
                    Assert.Equal(expected[feature] * scale, actual[feature], 1e-9);
                }

                double total = attribution.Bases[score];
                foreach (double value in actual)
                {
                    total += value;
                }

                Assert.Equal((sums[score] * scale) + starts[score], total, 1e-9);
            }
        }
    }

    /// <summary>Four numbers and a category of which two words are needed, a tenth of the values missing.</summary>
    private static TrainingSet Mixed(LearningTask task)
    {
        DeterministicRandom random = new(Seed);
        double[][] columns = [.. Enumerable.Range(0, 4).Select(_ => Gaussians(random, 300)), [.. Enumerable.Range(0, 300).Select(_ => (double)random.NextInt(Categories))]];
        double[] signal = [.. Enumerable.Range(0, 300).Select(row => columns[0][row] + (columns[1][row] * columns[2][row]) + (columns[4][row] % 3) + (0.3 * random.NextGaussian()))];
        foreach (double[] column in columns)
        {
            for (int row = 0; row < column.Length; row++)
            {
                column[row] = random.NextInt(10) == 0 ? double.NaN : column[row];
            }
        }

        FeatureInfo[] features = [.. Enumerable.Range(0, 4).Select(index => new FeatureInfo($"x{index}", $"x{index}", FeatureKind.Number)), new FeatureInfo("c", "c", FeatureKind.Category, Categories)];
        FeatureMatrix matrix = new(features, columns, 300);
        return task == LearningTask.Regression
            ? Some.Regression(matrix, signal)
            : Some.Classes(matrix, 3, Array.ConvertAll(signal, value => value < 0.5 ? 0.0 : value < 1.5 ? 1 : 2));
    }

    private static TrainingSet Unlabelled(FeatureMatrix matrix) => new(matrix, new double[matrix.RowCount], LearningTask.AnomalyDetection, 0);

    private static double[] Gaussians(DeterministicRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];

    private static double[][] Rows(FeatureMatrix matrix, int[] rows) => Array.ConvertAll(rows, row =>
    {
        double[] values = new double[matrix.FeatureCount];
        matrix.CopyRow(row, values);
        return values;
    });

    public sealed record Case(string Objective, double L1, double L2, double ChildWeight, int[] Splits, double[] Gains, double[][] Contributions);

    public sealed record Document(double?[][] Columns, Dictionary<string, double[]> Labels);
}
