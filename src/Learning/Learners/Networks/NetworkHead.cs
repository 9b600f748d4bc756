namespace Trainyard.Learning.Learners.Networks;

/// <summary>What the last layer's sums mean. The numbers are those of files.</summary>
internal enum NetworkHead
{
    /// <summary>Scores of classes, made probabilities.</summary>
    Softmax,

    /// <summary>A number.</summary>
    Identity,
}
