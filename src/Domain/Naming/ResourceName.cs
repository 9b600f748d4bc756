using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Naming;

/// <summary>The rule for names that users choose and ids that they send: datasets, models, pipelines, runs.</summary>
/// <remarks>Such text is used in keys, blob paths and URLs as it is, which is why the alphabet is small.</remarks>
public static class ResourceName
{
    /// <summary>Characters at most.</summary>
    public const int MaxLength = 128;

    /// <summary>What <see cref="IsValid"/> says, as a regular expression that every dialect reads alike.</summary>
    public const string Pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$";

    private const int ShownLength = 40;

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>True for 1 to <see cref="MaxLength"/> ASCII letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, beginning with a letter or digit.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && char.IsAsciiLetterOrDigit(text[0])
        && !text.AsSpan().ContainsAnyExcept(Characters);

    /// <summary>Returns <paramref name="text"/>, or refuses it.</summary>
    /// <param name="text">What the caller sent.</param>
    /// <param name="field">The field or parameter that it came in.</param>
    /// <exception cref="ProblemException"><c>name_invalid</c>.</exception>
    public static string Require([NotNull] string? text, string field) => IsValid(text)
        ? text
        : throw new ProblemException(new Problem(
            ProblemKind.Malformed,
            "name_invalid",
            $"{Describe(text)} is not a valid {field}: use 1 to {MaxLength} ASCII letters, digits, '.', '_' and '-', beginning with a letter or digit.",
            field));

    private static string Describe(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "An empty text";
        }

        string shown = new([.. text.Take(ShownLength).Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '\uFFFD' : character)]);
        return text.Length > ShownLength ? $"'{shown}…' ({text.Length} characters)" : $"'{shown}'";
    }
}
