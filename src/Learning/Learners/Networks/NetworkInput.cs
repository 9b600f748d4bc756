namespace Trainyard.Learning.Learners.Networks;

/// <summary>What the first layer of a network takes. The numbers are those of files.</summary>
internal enum NetworkInput
{
    /// <summary>A row of numbers.</summary>
    Row,

    /// <summary>The numbers of a row as the steps of a sequence.</summary>
    Sequence,

    /// <summary>Token numbers, as many as there are.</summary>
    Bag,
}
