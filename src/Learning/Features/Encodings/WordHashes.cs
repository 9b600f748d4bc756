using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>Walks the words of a text (runs of letters and digits, in lower case) as hashes, without allocating.</summary>
/// <remarks>
/// FNV-1a over UTF-16 units (Fowler, Noll and Vo), mixed so that its low bits can choose a bucket. The same on every platform.
/// </remarks>
internal ref struct WordHashes(ReadOnlySpan<char> text)
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private ReadOnlySpan<char> rest = text;

    public bool TryNext(out ulong hash)
    {
        while (!rest.IsEmpty && !char.IsLetterOrDigit(rest[0]))
        {
            rest = rest[1..];
        }

        hash = OffsetBasis;
        int length = 0;
        for (; length < rest.Length && char.IsLetterOrDigit(rest[length]); length++)
        {
            hash = (hash ^ char.ToLowerInvariant(rest[length])) * Prime;
        }

        rest = rest[length..];
        hash = SplitMix64.Mix(hash);
        return length > 0;
    }
}
