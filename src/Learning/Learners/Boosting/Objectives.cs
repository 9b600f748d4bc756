using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Which loss fits a training set and its settings.</summary>
internal static class Objectives
{
    /// <exception cref="LearningException"><c>label_invalid</c>: counts must not be negative.</exception>
    public static (IObjective Objective, OutputLink Link) For(TrainingSet set, BoostingSettings settings) => (set.Task, set.ClassCount) switch
    {
        (LearningTask.Regression, _) => ForNumbers(set, settings),
        (_, 2) => (new BinaryLogistic(), OutputLink.Logistic),
        _ => (new SoftmaxLoss(set.ClassCount), OutputLink.Softmax),
    };

    private static (IObjective Objective, OutputLink Link) ForNumbers(TrainingSet set, BoostingSettings settings)
    {
        switch (settings.Objective)
        {
            case RegressionObjective.Absolute:
                return (new QuantileLoss(QuantileLoss.Median), OutputLink.Identity);
            case RegressionObjective.Huber:
                return (new HuberLoss(settings.HuberDelta), OutputLink.Identity);
            case RegressionObjective.Quantile:
                return (new QuantileLoss(settings.Quantile), OutputLink.Identity);
            case RegressionObjective.Poisson:
                CheckCounts(set.Labels);
                CheckCounts(set.Validation?.Labels ?? []);
                return (new PoissonLoss(), OutputLink.Exponential);
            default:
                return (new SquaredError(), OutputLink.Identity);
        }
    }

    private static void CheckCounts(double[] labels)
    {
        if (Array.Exists(labels, label => label < 0))
        {
            throw new LearningException("label_invalid", "The Poisson objective needs labels of at least 0; choose another objective for labels below.", "objective");
        }
    }
}
