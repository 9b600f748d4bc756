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

    /// <summary>One score per class, of which the probabilities are the softmax.</summary>
    ClassScore,

    /// <summary>One probability per class.</summary>
    Probability,
}
