namespace Trainyard.Learning.Learners;

/// <summary>What every learner asks of its training set.</summary>
internal static class TrainingSetChecks
{
    /// <summary>Classes at most: those that the readers of models allow for.</summary>
    public const int MaximumClasses = 100_000;

    /// <exception cref="LearningException"><c>task_unsupported</c>, <c>monotone_unsupported</c>, <c>no_rows</c>, <c>too_many_classes</c>, <c>label_invalid</c>, <c>weight_invalid</c>, or a settings error.</exception>
    public static void Check(ILearner learner, TrainingSet set, LearnerSettings settings)
    {
        settings.Validate(learner.HyperParameters);
        CheckTask(learner, set.Task);
        if (!learner.KeepsMonotone && set.Monotone is { Count: > 0 })
        {
            throw new LearningException("monotone_unsupported", $"Learner '{learner.Name}' cannot keep predictions monotone; use {string.Join(" or ", LearnerCatalog.All.Where(each => each.KeepsMonotone).Select(each => each.Name))}.", "monotone");
        }

        if (set.Features.RowCount == 0)
        {
            throw new LearningException("no_rows", "There are no rows to learn from.");
        }

        if (set.Task == LearningTask.Classification && set.ClassCount > MaximumClasses)
        {
            throw new LearningException("too_many_classes", $"There are {set.ClassCount} classes; the limit is {MaximumClasses}. Are the labels names of rows?");
        }

        CheckLabels(set);
        CheckWeights(set);
        if (set.Validation is { } validation)
        {
            CheckLabels(validation);
            CheckWeights(validation);
        }
    }

    /// <exception cref="LearningException"><c>task_unsupported</c>.</exception>
    public static void CheckTask(ILearner learner, LearningTask task)
    {
        if (!learner.Tasks.Contains(task))
        {
            throw new LearningException("task_unsupported", $"Learner '{learner.Name}' cannot do {task}; it can do {string.Join(", ", learner.Tasks)}.", "learner");
        }
    }

    private static void CheckLabels(TrainingSet set)
    {
        if (!set.Task.IsSupervised())
        {
            return;
        }

        if (set.Labels.Length != set.Features.RowCount)
        {
            throw new LearningException("label_invalid", $"There are {set.Features.RowCount} rows but {set.Labels.Length} labels.");
        }

        bool valid = set.Task == LearningTask.Regression
            ? Array.TrueForAll(set.Labels, double.IsFinite)
            : set.ClassCount >= 2 && Array.TrueForAll(set.Labels, label => label >= 0 && label < set.ClassCount && label == Math.Floor(label));
        if (!valid)
        {
            throw new LearningException("label_invalid", set.Task == LearningTask.Regression
                ? "Every label must be a finite number."
                : $"Every label must be a class index from 0 to {set.ClassCount - 1}, of at least 2 classes.");
        }
    }

    private static void CheckWeights(TrainingSet set)
    {
        if (set.Weights is not { } weights)
        {
            return;
        }

        if (weights.Length != set.Features.RowCount || !Array.TrueForAll(weights, weight => double.IsFinite(weight) && weight >= 0) || !Array.Exists(weights, weight => weight > 0))
        {
            throw new LearningException("weight_invalid", "There must be one finite weight of at least 0 per row, and one above 0.");
        }
    }
}
