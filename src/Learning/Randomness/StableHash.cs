namespace Trainyard.Learning.Randomness;

/// <summary>A hash of characters that is the same on every platform and in every run; each of its bits is as good as another.</summary>
/// <remarks>FNV-1a over UTF-16 units (Fowler, Noll and Vo), mixed at the end.</remarks>
internal static class StableHash
{
    /// <summary>What to begin with.</summary>
    public const ulong Start = 14695981039346656037;

    private const ulong Prime = 1099511628211;

    public static ulong Add(ulong hash, char unit) => (hash ^ unit) * Prime;

    public static ulong Finish(ulong hash) => SplitMix64.Mix(hash);

    public static ulong Of(ReadOnlySpan<char> text)
    {
        ulong hash = Start;
        foreach (char unit in text)
        {
            hash = Add(hash, unit);
        }

        return Finish(hash);
    }
}
