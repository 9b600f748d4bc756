using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Trainyard.Domain.Registry;

/// <summary>A version that says what changed for callers: <c>major.minor.patch</c> (semver.org, without labels).</summary>
/// <param name="Major">Raised when the inputs, the target or the task change, so that callers must.</param>
/// <param name="Minor">Raised when the model was trained again.</param>
/// <param name="Patch">Raised when the same model file was registered again, with other words about it.</param>
[JsonConverter(typeof(SemanticVersionConverter))]
public readonly record struct SemanticVersion(int Major, int Minor, int Patch) : IComparable<SemanticVersion>
{
    // int.MaxValue has ten digits; more cannot be a part.
    private const int MaxLength = 32;

    /// <summary>The version of a first model.</summary>
    public static SemanticVersion Initial { get; } = new(1, 0, 0);

    /// <summary>The next version that asks callers to change.</summary>
    public SemanticVersion NextMajor => new(Major + 1, 0, 0);

    /// <summary>The next version that callers need not notice.</summary>
    public SemanticVersion NextMinor => new(Major, Minor + 1, 0);

    /// <summary>The next version that predicts the same.</summary>
    public SemanticVersion NextPatch => new(Major, Minor, Patch + 1);

    /// <summary>Orders by major, then minor, then patch.</summary>
    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    /// <summary>Orders by major, then minor, then patch.</summary>
    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    /// <summary>Orders by major, then minor, then patch.</summary>
    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by major, then minor, then patch.</summary>
    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>1.2.3</c>; false when it is anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SemanticVersion version)
    {
        version = default;
        if (text is not { Length: <= MaxLength } || text.Split('.') is not [string major, string minor, string patch])
        {
            return false;
        }

        bool parsed = TryPart(major, out int first) & TryPart(minor, out int second) & TryPart(patch, out int third);
        version = parsed ? new(first, second, third) : default;
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(SemanticVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    private static bool TryPart(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && (text.Length == 1 || text[0] != '0');
}
