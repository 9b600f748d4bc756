namespace Trainyard.Learning.Learners.Networks;

/// <summary>How a network is trained, and the hyper-parameters that say so.</summary>
internal sealed record NetworkSettings(double LearningRate, int BatchRows, int Epochs, double L2, int Patience)
{
    private static readonly HyperParameter LearningRateParameter = new("learning_rate", 0.001, 1e-6, 1, "Length of a step (default: Adam's, scikit-learn's).") { IsLogarithmic = true };
    private static readonly HyperParameter BatchRowsParameter = new("batch_rows", 200, 1, 100_000, "Rows per step, at most all of them (default: scikit-learn's).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter EpochsParameter = new("epochs", 200, 1, 100_000, "Passes over the rows at most (default: scikit-learn's max_iter).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter L2Parameter = new("l2", 1e-4, 0, 1e6, "Strength of the penalty on squared weights, per batch (default: scikit-learn's alpha).") { IsLogarithmic = true };
    private static readonly HyperParameter PatienceParameter = new("early_stopping_epochs", 10, 1, 100_000, "Epochs without a loss lower by 1e-4 before stopping: of the validation rows, whose best epoch is kept, or else of the training rows (default: scikit-learn's n_iter_no_change).") { IsInteger = true };

    public static IReadOnlyList<HyperParameter> All { get; } = [LearningRateParameter, BatchRowsParameter, EpochsParameter, L2Parameter, PatienceParameter];

    public static NetworkSettings From(LearnerSettings settings) => new(
        settings.Get(LearningRateParameter),
        (int)settings.Get(BatchRowsParameter),
        (int)settings.Get(EpochsParameter),
        settings.Get(L2Parameter),
        (int)settings.Get(PatienceParameter));
}
