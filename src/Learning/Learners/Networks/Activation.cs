namespace Trainyard.Learning.Learners.Networks;

/// <summary>What a unit does to its sum. The numbers are those of the setting <c>activation</c> and of files.</summary>
internal enum Activation
{
    /// <summary>Negative sums become 0.</summary>
    Relu,

    /// <summary>Sums are pressed between -1 and 1.</summary>
    Tanh,

    /// <summary>Sums stay as they are.</summary>
    Identity,
}
