namespace Trainyard.Learning.Learners.Trees;

/// <summary>One feature's bins among those of its block.</summary>
/// <param name="words">The block.</param>
/// <param name="width">Words per row.</param>
/// <param name="tile">The feature's word.</param>
/// <param name="lane">Its byte in the word, from the lowest.</param>
internal readonly ref struct PackedLane(ReadOnlySpan<ulong> words, int width, int tile, int lane)
{
    private const int BitsPerLane = 8;

    private readonly ReadOnlySpan<ulong> words = words[tile..];
    private readonly int shift = lane * BitsPerLane;

    /// <summary>The bin of a row.</summary>
    public byte this[int row] => (byte)(words[row * width] >> shift);
}
