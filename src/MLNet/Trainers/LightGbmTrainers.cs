using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;
using Trainyard.Learning;
using Trainyard.Learning.Learners;
using Trainyard.MLNet.Rows;

namespace Trainyard.MLNet.Trainers;

/// <summary>LightGBM, as Microsoft.ML.LightGbm brings it: a native library, which on Linux needs libgomp.</summary>
internal static class LightGbmTrainers
{
    private static readonly HyperParameter Iterations = new("iterations", 100, 1, 10_000, "Boosting rounds (default: Microsoft.ML).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter Leaves = new("max_leaves", 31, 2, 4096, "Leaves of a tree at most (default: LightGBM).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter LeafRows = new("min_rows_per_leaf", 20, 1, 1_000_000, "Rows of a leaf at least (default: LightGBM).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter Rate = new("learning_rate", 0.1, 1e-4, 1, "Share of each tree's answer that counts (default: LightGBM).") { IsLogarithmic = true };

    public static Trainer LightGbm { get; } = new(
        "mlnet.light_gbm", [LearningTask.Classification, LearningTask.Regression], Trainer.ForTrees, [Iterations, Leaves, LeafRows, Rate], Build)
    {
        // Leaves of 20 rows hardly split a small table.
        Tries = size => [size.Rows < 1000 ? Trainer.With(string.Empty, (LeafRows, 5)) : UsualSettings.Plain],
    };

    private static IEstimator<ITransformer> Build(TrainerRequest request) => (request.Task, request.IsBinary) switch
    {
        (LearningTask.Regression, _) => request.Scoring(request.Context.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
        {
            LabelColumnName = nameof(Example.Value),
            FeatureColumnName = nameof(Example.Features),
            ExampleWeightColumnName = request.WeightColumn,
            NumberOfIterations = request.Whole(Iterations),
            NumberOfLeaves = request.Whole(Leaves),
            MinimumExampleCountPerLeaf = request.Whole(LeafRows),
            LearningRate = request.Number(Rate),
            Seed = request.Seed,
            NumberOfThreads = 1,
        })),
        (_, true) => request.Probable(request.Context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            LabelColumnName = nameof(Example.IsSecond),
            FeatureColumnName = nameof(Example.Features),
            ExampleWeightColumnName = request.WeightColumn,
            NumberOfIterations = request.Whole(Iterations),
            NumberOfLeaves = request.Whole(Leaves),
            MinimumExampleCountPerLeaf = request.Whole(LeafRows),
            LearningRate = request.Number(Rate),
            Seed = request.Seed,
            NumberOfThreads = 1,
        })),
        _ => request.Scoring(request.Context.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
        {
            LabelColumnName = nameof(Example.Class),
            FeatureColumnName = nameof(Example.Features),
            ExampleWeightColumnName = request.WeightColumn,
            NumberOfIterations = request.Whole(Iterations),
            NumberOfLeaves = request.Whole(Leaves),
            MinimumExampleCountPerLeaf = request.Whole(LeafRows),
            LearningRate = request.Number(Rate),

            // Probabilities of one model, not of one per class.
            UseSoftmax = true,
            Seed = request.Seed,
            NumberOfThreads = 1,
        })),
    };
}
