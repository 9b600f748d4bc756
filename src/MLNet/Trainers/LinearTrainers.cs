using Microsoft.ML;
using Microsoft.ML.Trainers;
using Trainyard.Learning;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.MLNet.Rows;

namespace Trainyard.MLNet.Trainers;

/// <summary>Microsoft.ML's linear trainers: dual coordinate ascent and L-BFGS. Of several classes they fit a maximum-entropy model.</summary>
internal static class LinearTrainers
{
    private static readonly HyperParameter SdcaPenalty = new("l2", 1e-4, 1e-7, 10, "L2 penalty per row (default: small; Microsoft.ML guesses from the number of rows).") { IsLogarithmic = true };
    private static readonly HyperParameter SdcaPasses = new("max_iterations", 100, 1, 10_000, "Passes over the rows at most (default: enough for small tables).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter LbfgsPenalty = new("l2", 1, 0, 1e6, "L2 penalty (default: Microsoft.ML).");
    private static readonly HyperParameter LbfgsLasso = new("l1", 0, 0, 1e6, "L1 penalty (default: none, as our logistic regression).");
    private static readonly HyperParameter LbfgsPasses = new("max_iterations", 1000, 1, 100_000, "Iterations at most (default: more than are ever needed).") { IsInteger = true, IsLogarithmic = true };

    public static Trainer SdcaClasses { get; } = new(
        "mlnet.sdca_logistic_regression", [LearningTask.Classification], FeatureNeeds.Dense, [SdcaPenalty, SdcaPasses], BuildSdcaClasses);

    public static Trainer LbfgsClasses { get; } = new(
        "mlnet.lbfgs_logistic_regression", [LearningTask.Classification], FeatureNeeds.Dense, [LbfgsPenalty, LbfgsLasso, LbfgsPasses], BuildLbfgsClasses);

    public static Trainer SdcaNumbers { get; } = new(
        "mlnet.sdca", [LearningTask.Regression], FeatureNeeds.Dense, [SdcaPenalty, SdcaPasses], request => request.Scoring(request.Context.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
        {
            LabelColumnName = nameof(Example.Value),
            FeatureColumnName = nameof(Example.Features),
            ExampleWeightColumnName = request.WeightColumn,
            L2Regularization = (float)request.Number(SdcaPenalty),
            L1Regularization = 0,
            MaximumNumberOfIterations = request.Whole(SdcaPasses),
            NumberOfThreads = 1,
        })));

    private static IEstimator<ITransformer> BuildSdcaClasses(TrainerRequest request) => request.IsBinary
        ? request.Probable(request.Context.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = nameof(Example.IsSecond),
            FeatureColumnName = nameof(Example.Features),
            ExampleWeightColumnName = request.WeightColumn,
            L2Regularization = (float)request.Number(SdcaPenalty),
            L1Regularization = 0,
            MaximumNumberOfIterations = request.Whole(SdcaPasses),
            NumberOfThreads = 1,
        }))
        : request.Scoring(request.Context.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = nameof(Example.Class),
            FeatureColumnName = nameof(Example.Features),
            ExampleWeightColumnName = request.WeightColumn,
            L2Regularization = (float)request.Number(SdcaPenalty),
            L1Regularization = 0,
            MaximumNumberOfIterations = request.Whole(SdcaPasses),
            NumberOfThreads = 1,
        }));

    private static IEstimator<ITransformer> BuildLbfgsClasses(TrainerRequest request) => request.IsBinary
        ? request.Probable(request.Context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = nameof(Example.IsSecond),
            FeatureColumnName = nameof(Example.Features),
            ExampleWeightColumnName = request.WeightColumn,
            L2Regularization = (float)request.Number(LbfgsPenalty),
            L1Regularization = (float)request.Number(LbfgsLasso),
            MaximumNumberOfIterations = request.Whole(LbfgsPasses),
            NumberOfThreads = 1,
        }))
        : request.Scoring(request.Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = nameof(Example.Class),
            FeatureColumnName = nameof(Example.Features),
            ExampleWeightColumnName = request.WeightColumn,
            L2Regularization = (float)request.Number(LbfgsPenalty),
            L1Regularization = (float)request.Number(LbfgsLasso),
            MaximumNumberOfIterations = request.Whole(LbfgsPasses),
            NumberOfThreads = 1,
        }));
}
