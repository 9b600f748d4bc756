using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>Walks the words of a text (runs of letters and digits, in lower case) as hashes, without allocating.</summary>
/// <remarks>
/// By <see cref="StableHash"/>, so that the low bits can choose a bucket.
/// </remarks>
internal ref struct WordHashes(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> rest = text;

    public bool TryNext(out ulong hash)
    {
        while (!rest.IsEmpty && !char.IsLetterOrDigit(rest[0]))
        {
            rest = rest[1..];
        }

        hash = StableHash.Start;
        int length = 0;
        for (; length < rest.Length && char.IsLetterOrDigit(rest[length]); length++)
        {
            hash = StableHash.Add(hash, char.ToLowerInvariant(rest[length]));
        }

        rest = rest[length..];
        hash = StableHash.Finish(hash);
        return length > 0;
    }
}
