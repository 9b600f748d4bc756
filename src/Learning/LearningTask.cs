namespace Trainyard.Learning;

/// <summary>What a model predicts.</summary>
public enum LearningTask
{
    /// <summary>One of two or more classes; models answer with a probability per class.</summary>
    Classification,

    /// <summary>A real number.</summary>
    Regression,
}
