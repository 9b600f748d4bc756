using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Trainyard.EndToEnd.Tests;

/// <summary>A query that stands in a dashboard or a rule.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Text">What is asked, with values for what a dashboard fills in.</param>
internal sealed partial record PromQuery(string Place, string Text)
{
    /// <summary>The metrics that it names, without the suffixes of a histogram.</summary>
    public IReadOnlyList<string> Metrics =>
    [
        .. Strings().Replace(Text, "").Split([' ', '(', ')', '{', '}', '[', ']', ',', '/'], StringSplitOptions.RemoveEmptyEntries)
            .Where(static word => Metric().IsMatch(word))
            .Select(static word => Suffix().Replace(word, "")).Distinct(StringComparer.Ordinal),
    ];

    public static IEnumerable<PromQuery> OfDashboards() =>
        from file in Directory.EnumerateFiles(Repository.Path("infra", "grafana"), "*.json")
        let dashboard = JsonNode.Parse(File.ReadAllText(file))!
        from panel in dashboard["panels"]!.AsArray()
        from target in panel!["targets"]!.AsArray()
        select new PromQuery($"{Path.GetFileName(file)}: {panel["title"]}", Fill((string)target!["expr"]!));

    public static IEnumerable<PromQuery> OfRules() =>
        File.ReadLines(Repository.Path("infra", "prometheus", "rules.yml"))
            .Select(static line => line.Trim().Split("expr: ", 2))
            .Where(static parts => parts is ["", _])
            .Select(static parts => new PromQuery("rules.yml", parts[1]));

    private static string Fill(string expression) =>
        expression.Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$instance", ".*", StringComparison.Ordinal);

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Strings();

    // Functions and labels are words of other forms.
    [GeneratedRegex("^(up|(ml|mlops|process)_[a-z_]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Suffix();
}
