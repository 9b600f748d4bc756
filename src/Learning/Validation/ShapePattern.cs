using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Trainyard.Learning.Validation;

/// <summary>A regular expression for texts that are all built alike, such as <c>AB-1234</c>.</summary>
/// <remarks>Stretches of digits, capitals and small letters, and single other characters; no repetition is nested, so that matching is quick.</remarks>
internal static class ShapePattern
{
    /// <summary>Stretches past which a text is prose rather than a code.</summary>
    private const int MaxStretches = 12;

    /// <summary>Texts that show a shape and not a coincidence, at least.</summary>
    private const int MinTexts = 10;

    /// <summary>Null when the texts share no shape.</summary>
    public static string? Of(IReadOnlyList<string> texts)
    {
        if (texts.Count < MinTexts)
        {
            return null;
        }

        List<(string Class, int Least, int Most)>? shape = null;
        foreach (string text in texts)
        {
            List<(string Class, int Length)>? stretches = StretchesOf(text);
            shape ??= stretches?.ConvertAll(stretch => (stretch.Class, stretch.Length, stretch.Length));
            if (stretches is null || shape is null || !shape.Select(each => each.Class).SequenceEqual(stretches.Select(each => each.Class)))
            {
                return null;
            }

            shape = [.. shape.Zip(stretches, (known, other) => (known.Class, Math.Min(known.Least, other.Length), Math.Max(known.Most, other.Length)))];
        }

        StringBuilder pattern = new("^");
        foreach ((string kind, int least, int most) in shape!)
        {
            pattern.Append(kind).Append(CultureInfo.InvariantCulture, $"{{{least},{most}}}");
        }

        return pattern.Append(@"\z").ToString();
    }

    private static List<(string Class, int Length)>? StretchesOf(string text)
    {
        List<(string Class, int Length)> stretches = [];
        foreach (char character in text)
        {
            string kind = ClassOf(character);
            if (stretches.Count > 0 && stretches[^1].Class == kind)
            {
                stretches[^1] = (kind, stretches[^1].Length + 1);
            }
            else if (stretches.Count == MaxStretches)
            {
                return null;
            }
            else
            {
                stretches.Add((kind, 1));
            }
        }

        return stretches;
    }

    private static string ClassOf(char character) => character switch
    {
        >= '0' and <= '9' => "[0-9]",
        >= 'A' and <= 'Z' => "[A-Z]",
        >= 'a' and <= 'z' => "[a-z]",
        ' ' => "[ ]",
        _ => char.IsSurrogate(character) || char.IsControl(character) ? $@"\u{(int)character:x4}" : Regex.Escape(character.ToString()),
    };
}
