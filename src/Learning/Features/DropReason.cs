namespace Trainyard.Learning.Features;

/// <summary>Why a column carries nothing that a model could learn.</summary>
public enum DropReason
{
    /// <summary>No fitted row has a value.</summary>
    AllMissing,

    /// <summary>Every fitted row has the same value.</summary>
    Constant,

    /// <summary>It names rows (a key, a code, a row number) rather than describing them.</summary>
    Identifier,

    /// <summary>No category or word is frequent enough to be learned from.</summary>
    TooRare,
}
