namespace Trainyard.Domain.Caching;

/// <summary>What <see cref="SharedLoads{TKey, TValue}"/> weighs a value by.</summary>
internal interface ICachedValue
{
    /// <summary>What it takes of the bound, in bytes.</summary>
    long Bytes { get; }

    /// <summary>Time stamp of its last use.</summary>
    long LastUsed { get; }

    /// <summary>How often it was used; only rises.</summary>
    long Uses => 0;

    /// <summary>Whether it leaves only when nothing else can.</summary>
    bool IsPreferred => false;

    /// <summary>Called once, when it left memory.</summary>
    void Leave()
    {
    }
}
