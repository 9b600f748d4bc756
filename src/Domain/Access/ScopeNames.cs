using System.Diagnostics.CodeAnalysis;

namespace Trainyard.Domain.Access;

/// <summary>Scopes by word, and what they hold.</summary>
public static class ScopeNames
{
    private static readonly (string Word, Scopes Scope)[] Words =
    [
        ("read", Scopes.Read),
        ("predict", Scopes.Predict),
        ("train", Scopes.Train),
        ("deploy", Scopes.Deploy),
        ("admin", Scopes.Admin),
        ("platform", Scopes.Platform),
    ];

    /// <summary>Every word, the weakest first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Words.Select(each => each.Word)];

    /// <summary>The scope of a word; false when there is none. Case matters, as in every token.</summary>
    public static bool TryParse([NotNullWhen(true)] string? word, out Scopes scope)
    {
        scope = Array.Find(Words, each => each.Word == word).Scope;
        return scope != Scopes.None;
    }

    /// <summary>The words of scopes as they were given, the weakest first.</summary>
    public static IReadOnlyList<string> Of(Scopes scopes) => [.. Words.Where(each => scopes.HasFlag(each.Scope)).Select(each => each.Word)];

    /// <summary>Whether scopes hold another: a stronger one holds the weaker ones below it.</summary>
    public static bool Hold(this Scopes given, Scopes wanted) => (Expand(given) & wanted) == wanted;

    private static Scopes Expand(Scopes given)
    {
        if (given.HasFlag(Scopes.Platform))
        {
            given |= Scopes.Admin;
        }

        return given.HasFlag(Scopes.Admin) ? given | Scopes.Read | Scopes.Predict | Scopes.Train | Scopes.Deploy : given;
    }
}
