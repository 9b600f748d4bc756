namespace Trainyard.Learning.Explanations;

/// <summary>What contributions add up to.</summary>
public enum ContributionScale
{
    /// <summary>The predicted number.</summary>
    Value,

    /// <summary>The natural logarithm of the predicted number.</summary>
    LogValue,

    /// <summary>The natural logarithm of the odds of the second of two classes.</summary>
    LogOdds,

    /// <summary>The natural logarithm of an isolation forest's score (Liu, Ting and Zhou, 2008), which is at most 0: what is above 0 makes a row more of an anomaly.</summary>
    LogScore,

    /// <summary>One score per class, of which the probabilities are the softmax.</summary>
    ClassScore,

    /// <summary>One probability per class.</summary>
    Probability,
}
