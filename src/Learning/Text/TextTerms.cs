using System.Buffers;
using System.Globalization;
using System.Text;

namespace Trainyard.Learning.Text;

/// <summary>The terms of a text: its words, and runs of words.</summary>
/// <remarks>Words are runs of two or more letters, digits and underscores, in lower case (scikit-learn's default pattern).</remarks>
internal static class TextTerms
{
    private const int LeastLength = 2;

    /// <summary>Every term, word by word, each as often as it is there; words of a run are joined by a blank.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longestRun">Words of the longest run, at least 1.</param>
    public static IEnumerable<string> Of(string text, int longestRun)
    {
        List<string> words = Words(text);
        for (int first = 0; first < words.Count; first++)
        {
            yield return words[first];
            string run = words[first];
            for (int next = first + 1; next < words.Count && next < first + longestRun; next++)
            {
                run = $"{run} {words[next]}";
                yield return run;
            }
        }
    }

    private static List<string> Words(string text)
    {
        List<string> words = [];
        int start = 0;
        int runes = 0;
        for (int index = 0; index < text.Length;)
        {
            bool whole = Rune.DecodeFromUtf16(text.AsSpan(index), out Rune rune, out int length) == OperationStatus.Done;
            if (whole && IsPart(rune))
            {
                runes++;
                index += length;
                continue;
            }

            Take(text[start..index]);
            index += length;
            start = index;
        }

        Take(text[start..]);
        return words;

        void Take(string word)
        {
            if (runes >= LeastLength)
            {
                words.Add(word.ToLowerInvariant());
            }

            runes = 0;
        }
    }

    /// <summary>Marks that combine with a letter must not cut a word.</summary>
    private static bool IsPart(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value == '_'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
