using Microsoft.ML;
using Trainyard.Learning;
using Trainyard.Learning.Learners;
using Trainyard.MLNet.Models;

namespace Trainyard.MLNet.Trainers;

/// <summary>What a trainer is to be built for.</summary>
/// <param name="Context">The context of the fit.</param>
/// <param name="Task">What is predicted.</param>
/// <param name="ClassCount">Classes that occur, at least 2; 0 where there are none.</param>
/// <param name="RowCount">Rows to learn from.</param>
/// <param name="Width">Features, at least 1.</param>
/// <param name="WeightColumn">The column of weights; null when all rows weigh the same.</param>
/// <param name="Seed">The only source of randomness.</param>
/// <param name="Settings">Hyper-parameters.</param>
internal sealed record TrainerRequest(
    MLContext Context, LearningTask Task, int ClassCount, int RowCount, int Width, string? WeightColumn, int Seed, LearnerSettings Settings)
{
    /// <summary>Whether there are two classes, which Microsoft.ML's binary trainers tell apart.</summary>
    public bool IsBinary => ClassCount == 2;

    public int Whole(HyperParameter parameter) => (int)Settings.Get(parameter);

    public double Number(HyperParameter parameter) => Settings.Get(parameter);

    /// <summary>The trainer with the column that it answers in under the name that models read.</summary>
    public IEstimator<ITransformer> Answering(IEstimator<ITransformer> trainer, string column) =>
        trainer.Append(Context.Transforms.Concatenate(nameof(Answer.Outputs), column));

    /// <summary>A trainer that answers in <c>Score</c>.</summary>
    public IEstimator<ITransformer> Scoring(IEstimator<ITransformer> trainer) => Answering(trainer, "Score");

    /// <summary>A trainer of two classes that answers in <c>Probability</c>.</summary>
    public IEstimator<ITransformer> Probable(IEstimator<ITransformer> trainer) => Answering(trainer, "Probability");
}
