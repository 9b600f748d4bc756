namespace Trainyard.Learning.Learners.Linear;

/// <summary>What the scores of a linear model mean.</summary>
internal enum LinearLink
{
    /// <summary>The prediction itself.</summary>
    Identity = 0,

    /// <summary>The log-odds of the second of two classes.</summary>
    Logistic = 1,

    /// <summary>A score per class, for softmax.</summary>
    Softmax = 2,
}
