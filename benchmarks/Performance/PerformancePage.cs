using System.Text;

namespace Trainyard.Benchmarks.Performance;

/// <summary>The table as Markdown, and the page of the documentation that holds it between two marks.</summary>
internal static class PerformancePage
{
    private const string Begin = "<!-- measured -->";
    private const string End = "<!-- end of measured -->";

    /// <summary>The page, from the root of the repository.</summary>
    public static string Path { get; } = System.IO.Path.Combine("docs", "performance.md");

    public static string Render(IReadOnlyList<Figure> figures, string machine, int turns)
    {
        StringBuilder text = new();
        text.Append("Medians of ").Append(turns).Append(" turns on ").Append(machine).AppendLine()
            .AppendLine()
            .AppendLine("| work | what | ours | peer | ratio | at most | |")
            .AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (Figure figure in figures)
        {
            text.AppendLine(figure.ToMarkdown());
        }

        return text.ToString();
    }

    /// <summary>Replaces what an earlier run left between the marks.</summary>
    /// <exception cref="InvalidOperationException">The page has no marks.</exception>
    public static void Write(string table)
    {
        string page = File.ReadAllText(Path);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal);
        int end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"{Path} lacks {Begin} and {End}.");
        }

        File.WriteAllText(Path, $"{page[..begin]}{Begin}\n\n{table}\n{page[end..]}");
    }
}
