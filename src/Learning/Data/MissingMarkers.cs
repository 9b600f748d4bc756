using System.Runtime.CompilerServices;
using System.Text;

namespace Trainyard.Learning.Data;

/// <summary>The texts that stand for a missing value. Case and surrounding spaces do not matter; empty text is always one.</summary>
public sealed class MissingMarkers
{
    private readonly byte[][] markers;
    private readonly bool[] firstBytes = new bool[256];
    private readonly bool[] mayBegin = new bool[256];
    private readonly int longest;

    /// <summary>These markers, of ASCII characters.</summary>
    /// <exception cref="LearningException">A marker has a character outside ASCII (<c>missing_marker_invalid</c>).</exception>
    public MissingMarkers(IEnumerable<string> markers)
    {
        Markers = [.. markers.Select(marker => marker.Trim()).Where(marker => marker.Length > 0)];
        if (Markers.FirstOrDefault(marker => !Ascii.IsValid(marker)) is { } odd)
        {
            throw new LearningException("missing_marker_invalid", $"The missing marker '{odd}' must be of ASCII characters.", odd);
        }

        this.markers = [.. Markers.Select(Encoding.ASCII.GetBytes)];
        longest = this.markers.Length == 0 ? 0 : this.markers.Max(marker => marker.Length);
        foreach (byte[] marker in this.markers)
        {
            firstBytes[char.ToLowerInvariant((char)marker[0])] = true;
            firstBytes[char.ToUpperInvariant((char)marker[0])] = true;
        }

        firstBytes.CopyTo(mayBegin, 0);
        mayBegin[' '] = true;
        mayBegin['\t'] = true;
    }

    /// <summary><c>NA</c>, <c>N/A</c>, <c>null</c>, <c>NaN</c> and <c>?</c>, which the UCI repository uses.</summary>
    public static MissingMarkers Default { get; } = new(["NA", "N/A", "null", "NaN", "?"]);

    /// <summary>The markers beside empty text.</summary>
    public IReadOnlyList<string> Markers { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Match(ReadOnlySpan<byte> text) => text.IsEmpty || (mayBegin[text[0]] && MatchTrimmed(text));

    private bool MatchTrimmed(ReadOnlySpan<byte> text)
    {
        text = ValueText.Trim(text);
        return text.IsEmpty || (text.Length <= longest && firstBytes[text[0]] && MatchAny(text));
    }

    internal bool Match(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim(" \t");
        if (trimmed.IsEmpty)
        {
            return true;
        }

        // By index: an enumerator of the list would be allocated for each short text.
        for (int index = 0; trimmed.Length <= longest && index < Markers.Count; index++)
        {
            if (trimmed.Equals(Markers[index], StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private bool MatchAny(ReadOnlySpan<byte> text)
    {
        foreach (byte[] marker in markers)
        {
            if (Ascii.EqualsIgnoreCase(text, marker))
            {
                return true;
            }
        }

        return false;
    }
}
