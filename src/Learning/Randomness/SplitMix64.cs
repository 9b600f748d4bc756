namespace Trainyard.Learning.Randomness;

/// <summary>Spreads one 64-bit seed over as many words as are needed.</summary>
/// <remarks>Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.</remarks>
/// <param name="seed">Any number.</param>
internal struct SplitMix64(ulong seed)
{
    private ulong state = seed;

    /// <summary>The golden ratio in 64 bits, made odd.</summary>
    public const ulong Increment = 0x9E3779B97F4A7C15;

    public ulong Next()
    {
        state += Increment;
        return Mix(state);
    }

    /// <summary>A bijection on 64 bits in which every input bit changes about half of the output's.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
