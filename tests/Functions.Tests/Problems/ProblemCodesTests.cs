using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Trainyard.Functions.Tests.Problems;

public sealed partial class ProblemCodesTests
{
    [Fact]
    public void Documentation_HasAnEntryForEveryCodeInSource()
    {
        HashSet<string> documented = Documented();

        string[] missing = [.. InSource().Where(code => !documented.Contains(code)).Order(StringComparer.Ordinal)];

        Assert.True(missing.Length == 0, $"docs/problems.md lacks: {string.Join(", ", missing)}");
    }

    [Fact]
    public void Documentation_HasNoEntryForACodeThatIsGone()
    {
        // What a function declares to give is no giving.
        string source = string.Concat(SourceFiles().SelectMany(File.ReadLines).Where(line => !line.TrimStart().StartsWith("[Refuses", StringComparison.Ordinal)));

        string[] gone = [.. Documented().Where(code => !MadeOfParts(code) && !source.Contains($"\"{code}\"", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

        Assert.True(gone.Length == 0, $"docs/problems.md explains codes that nothing gives: {string.Join(", ", gone)}");
    }

    // The readers of CSV and JSON lines share code and put their own prefix before it.
    private static bool MadeOfParts(string code) =>
        code.StartsWith("csv_", StringComparison.Ordinal) || code.StartsWith("ndjson_", StringComparison.Ordinal);

    private static HashSet<string> Documented() =>
        [.. Entry().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "problems.md"))).Select(match => match.Groups["code"].Value)];

    private static IEnumerable<string> InSource() =>
        SourceFiles().SelectMany(file => Raised().Matches(File.ReadAllText(file)).Select(match => match.Groups["code"].Value)).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> SourceFiles() => new[] { "Learning", "MLNet", "Domain", "Functions", "LocalHost/Http", "LocalHost/Invocation" }
        .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Root(), "src", project), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("""^\| `(?<code>[a-z0-9_]+)` \|""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Entry();

    // A problem or exception built in place, a factory of either, or a code that a contract promises.
    [GeneratedRegex(
        """(ProblemKind\.\w+,\s*|LearningException\(\s*|PipelineProblems\.\w+\(\s*|LearningException \w+\([^)]*\)\s*=>\s*new\(\s*)"(?<code>[a-z]+(_[a-z0-9]+)*)"|(?<=exception cref="(Problem|Learning)Exception">[^/]*)<c>(?<code>[a-z]+(_[a-z0-9]+)+)</c>""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex Raised();
}
