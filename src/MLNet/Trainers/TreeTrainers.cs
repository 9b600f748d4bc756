using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Trainyard.Learning;
using Trainyard.Learning.Learners;
using Trainyard.MLNet.Rows;

namespace Trainyard.MLNet.Trainers;

/// <summary>Microsoft.ML.FastTree: boosted trees, and a random forest. Of several classes one model each tells it from the others, calibrated (Platt) and brought to a sum of 1.</summary>
internal static class TreeTrainers
{
    private static readonly HyperParameter Trees = new("trees", 100, 1, 10_000, "Trees (default: Microsoft.ML).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter Leaves = new("max_leaves", 20, 2, 4096, "Leaves of a tree at most (default: Microsoft.ML).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter LeafRows = new("min_rows_per_leaf", 10, 1, 1_000_000, "Rows of a leaf at least (default: Microsoft.ML).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter Rate = new("learning_rate", 0.2, 1e-4, 1, "Share of each tree's answer that counts (default: Microsoft.ML).") { IsLogarithmic = true };

    public static Trainer FastTree { get; } = new(
        "mlnet.fast_tree", [LearningTask.Classification, LearningTask.Regression], Trainer.ForTrees, [Trees, Leaves, LeafRows, Rate], BuildFastTree);

    public static Trainer FastForest { get; } = new(
        "mlnet.fast_forest", [LearningTask.Classification, LearningTask.Regression], Trainer.ForTrees, [Trees, Leaves, LeafRows], BuildFastForest);

    private static IEstimator<ITransformer> BuildFastTree(TrainerRequest request)
    {
        if (request.Task == LearningTask.Regression)
        {
            FastTreeRegressionTrainer.Options options = Fill(new FastTreeRegressionTrainer.Options { LabelColumnName = nameof(Example.Value) }, request);
            options.LearningRate = request.Number(Rate);
            return request.Scoring(request.Context.Regression.Trainers.FastTree(options));
        }

        FastTreeBinaryTrainer.Options binary = Fill(new FastTreeBinaryTrainer.Options { LabelColumnName = request.IsBinary ? nameof(Example.IsSecond) : nameof(Example.Class) }, request);
        binary.LearningRate = request.Number(Rate);
        FastTreeBinaryTrainer trainer = request.Context.BinaryClassification.Trainers.FastTree(binary);
        return request.IsBinary
            ? request.Probable(trainer)
            : request.Scoring(request.Context.MulticlassClassification.Trainers.OneVersusAll(trainer, nameof(Example.Class)));
    }

    private static IEstimator<ITransformer> BuildFastForest(TrainerRequest request)
    {
        if (request.Task == LearningTask.Regression)
        {
            FastForestRegressionTrainer.Options options = Fill(new FastForestRegressionTrainer.Options { LabelColumnName = nameof(Example.Value) }, request);
            return request.Scoring(request.Context.Regression.Trainers.FastForest(options));
        }

        FastForestBinaryTrainer.Options binary = Fill(new FastForestBinaryTrainer.Options { LabelColumnName = request.IsBinary ? nameof(Example.IsSecond) : nameof(Example.Class) }, request);
        FastForestBinaryTrainer trainer = request.Context.BinaryClassification.Trainers.FastForest(binary);
        return request.IsBinary
            ? request.Probable(trainer.Append(request.Context.BinaryClassification.Calibrators.Platt(nameof(Example.IsSecond), "Score", request.WeightColumn)))
            : request.Scoring(request.Context.MulticlassClassification.Trainers.OneVersusAll(trainer, nameof(Example.Class)));
    }

    private static TOptions Fill<TOptions>(TOptions options, TrainerRequest request)
        where TOptions : TreeOptions
    {
        options.FeatureColumnName = nameof(Example.Features);
        options.ExampleWeightColumnName = request.WeightColumn;
        options.NumberOfTrees = request.Whole(Trees);
        options.NumberOfLeaves = request.Whole(Leaves);
        options.MinimumExampleCountPerLeaf = request.Whole(LeafRows);
        options.Seed = request.Seed;
        options.FeatureSelectionSeed = request.Seed;
        options.NumberOfThreads = 1;
        return options;
    }
}
