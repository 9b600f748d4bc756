namespace Trainyard.Learning;

/// <summary>What a model predicts.</summary>
public enum LearningTask
{
    /// <summary>One of two or more classes; models answer with a probability per class.</summary>
    Classification,

    /// <summary>A real number.</summary>
    Regression,

    /// <summary>Whether a row is normal or an anomaly, learned without labels; models answer with 1 - s and s, where s from 0 to 1 is above one half for an anomaly.</summary>
    AnomalyDetection,

    /// <summary>Which group of similar rows a row belongs to, learned without labels; models answer with 1 for its cluster and 0 for the others.</summary>
    Clustering,

    /// <summary>The values of a series at the points in time that follow it; forecasters are no learners of rows (<c>Forecasting</c>).</summary>
    Forecasting,
}
