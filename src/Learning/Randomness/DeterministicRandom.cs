using System.Numerics;

namespace Trainyard.Learning.Randomness;

/// <summary>The one source of randomness in learning: xoshiro256** seeded through SplitMix64.</summary>
/// <remarks>
/// The same seed gives the same numbers on every platform and runtime version, which <see cref="Random"/> does not
/// promise. Not thread safe: give each thread its own <see cref="Fork"/>. Not for secrets.
/// Source: Blackman and Vigna, Scrambled linear pseudorandom number generators, ACM TOMS 47(4), 2021.
/// </remarks>
public sealed class DeterministicRandom
{
    private const double UnitOf53Bits = 1.0 / (1UL << 53);

    /// <summary>Keeps a fork's seed from being one that a caller would have chosen (an odd random number).</summary>
    private const ulong ForkSalt = 0xD6E8FEB86659FD93;

    private readonly ulong seed;
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;
    private double spareGaussian = double.NaN;

    /// <summary>A generator whose whole sequence is given by <paramref name="seed"/>; every seed is as good as another.</summary>
    public DeterministicRandom(ulong seed)
    {
        this.seed = seed;
        SplitMix64 mixer = new(seed);
        s0 = mixer.Next();
        s1 = mixer.Next();
        s2 = mixer.Next();
        s3 = mixer.Next();
    }

    internal DeterministicRandom(ulong s0, ulong s1, ulong s2, ulong s3) =>
        (this.s0, this.s1, this.s2, this.s3) = (s0, s1, s2, s3);

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>A number from 0 (inclusive) to 1 (exclusive), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * UnitOf53Bits;

    /// <summary>A whole number from 0 to <paramref name="bound"/> - 1, each equally likely.</summary>
    /// <remarks>Multiply and reject: Lemire, Fast random integer generation in an interval, ACM TOMACS 29(1), 2019.</remarks>
    /// <param name="bound">At least 1.</param>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        ulong range = (ulong)bound;
        ulong high = Math.BigMul(NextUInt64(), range, out ulong low);
        if (low < range)
        {
            ulong biased = (0 - range) % range;
            while (low < biased)
            {
                high = Math.BigMul(NextUInt64(), range, out low);
            }
        }

        return (int)high;
    }

    /// <summary>A draw from the normal distribution with mean 0 and standard deviation 1.</summary>
    /// <remarks>
    /// Marsaglia's polar method. It uses <see cref="Math.Log(double)"/>, whose last bit a platform may choose; all other
    /// draws are whole-number arithmetic.
    /// </remarks>
    public double NextGaussian()
    {
        if (!double.IsNaN(spareGaussian))
        {
            double spare = spareGaussian;
            spareGaussian = double.NaN;
            return spare;
        }

        double x, y, square;
        do
        {
            x = (2 * NextDouble()) - 1;
            y = (2 * NextDouble()) - 1;
            square = (x * x) + (y * y);
        }
        while (square >= 1 || square == 0);

        double factor = Math.Sqrt(-2 * Math.Log(square) / square);
        spareGaussian = y * factor;
        return x * factor;
    }

    /// <summary>Puts <paramref name="items"/> in random order, each order equally likely (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>
    /// An independent generator for <paramref name="stream"/> (a tree, a fold, a feature). It depends on this
    /// generator's seed and the stream's number only, not on how much has been drawn, so that work may be done in any order.
    /// </summary>
    public DeterministicRandom Fork(ulong stream) =>
        new(SplitMix64.Mix(SplitMix64.Mix(seed ^ ForkSalt) + (stream * SplitMix64.Increment)));
}
