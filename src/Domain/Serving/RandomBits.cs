namespace Trainyard.Domain.Serving;

/// <summary>Random bits for choices that nobody has to foretell or repeat.</summary>
internal static class RandomBits
{
    /// <summary>64 even bits.</summary>
    /// <remarks>SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014) over a shared counter, so that it takes no lock.</remarks>
    /// <param name="counter">Shared by those who draw.</param>
    public static ulong Next(ref ulong counter)
    {
        ulong bits = Interlocked.Add(ref counter, 0x9E3779B97F4A7C15);
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>A number from 0 to below 1, of 53 even bits.</summary>
    /// <param name="counter">Shared by those who draw.</param>
    public static double NextShare(ref ulong counter) => (Next(ref counter) >> 11) * (1.0 / (1UL << 53));
}
