using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Trainyard.Functions.Http.Description;

/// <summary>The problem codes with their causes, as <c>docs/problems.md</c> has them. Immutable and thread safe.</summary>
internal sealed partial class ProblemCatalog
{
    private const string Resource = "problems.md";

    private readonly FrozenDictionary<string, string> causes;

    private ProblemCatalog(string markdown) => causes = Entry().Matches(markdown).ToFrozenDictionary(
        entry => entry.Groups["code"].Value, entry => entry.Groups["cause"].Value, StringComparer.Ordinal);

    /// <summary>Reads the document that lies in this assembly.</summary>
    public static ProblemCatalog Read()
    {
        using StreamReader reader = new(typeof(ProblemCatalog).Assembly.GetManifestResourceStream(Resource)!);
        return new ProblemCatalog(reader.ReadToEnd());
    }

    /// <summary>What leads to a code: one sentence.</summary>
    /// <exception cref="InvalidOperationException">The document does not explain it.</exception>
    public string CauseOf(string code) =>
        causes.TryGetValue(code, out string? cause) ? cause : throw new InvalidOperationException($"docs/problems.md does not explain '{code}'.");

    /// <summary>The codes that a pattern stands for: itself, or with <c>*</c> at its end all that begin so.</summary>
    public IEnumerable<string> Expand(string pattern) =>
        pattern.EndsWith('*') ? causes.Keys.Where(code => code.StartsWith(pattern[..^1], StringComparison.Ordinal)) : [pattern];

    [GeneratedRegex(@"^\| `(?<code>[a-z0-9_]+)` \| (?<cause>[^|]+?) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entry();
}
