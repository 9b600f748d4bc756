namespace Trainyard.Learning;

/// <summary>What tasks have in common.</summary>
public static class LearningTasks
{
    /// <summary>True when models learn from labels.</summary>
    public static bool IsSupervised(this LearningTask task) => task is LearningTask.Classification or LearningTask.Regression or LearningTask.Forecasting;

    /// <summary>True when each output of a model stands for a label (a class, normal or anomaly, a cluster), the largest being the prediction; false when the output is a number.</summary>
    public static bool PredictsLabels(this LearningTask task) => task is not (LearningTask.Regression or LearningTask.Forecasting);

    /// <summary>The task in snake case, for example <c>anomaly_detection</c>.</summary>
    public static string Word(this LearningTask task) => task switch
    {
        LearningTask.Classification => "classification",
        LearningTask.Regression => "regression",
        LearningTask.AnomalyDetection => "anomaly_detection",
        LearningTask.Forecasting => "forecasting",
        _ => "clustering",
    };
}
