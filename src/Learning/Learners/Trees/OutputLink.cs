namespace Trainyard.Learning.Learners.Trees;

/// <summary>How the sums over an ensemble's trees become predictions.</summary>
internal enum OutputLink
{
    /// <summary>The sum itself.</summary>
    Identity = 0,

    /// <summary>The sum divided by the number of trees.</summary>
    Mean = 1,

    /// <summary>The probabilities of two classes from the log-odds of the second.</summary>
    Logistic = 2,

    /// <summary>The probabilities of three or more classes from a score each.</summary>
    Softmax = 3,

    /// <summary>e to the sum: the mean of counts from its logarithm.</summary>
    Exponential = 4,
}
