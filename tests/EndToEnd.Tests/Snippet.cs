namespace Trainyard.EndToEnd.Tests;

/// <summary>A shell block of a Markdown page with the answer printed below it.</summary>
/// <param name="Line">1-based line of the block in the page.</param>
/// <param name="Command">What a reader copies.</param>
/// <param name="Answer">The <c>json</c> block that follows at once, or null.</param>
internal sealed record Snippet(int Line, string Command, string? Answer)
{
    /// <summary>The snippets of one section, in order.</summary>
    public static IReadOnlyList<Snippet> Read(string page, string heading)
    {
        string[] lines = File.ReadAllLines(page);
        int start = Array.FindIndex(lines, line => line == $"## {heading}");
        Assert.True(start >= 0, $"{page} has no section '{heading}'.");
        int end = Array.FindIndex(lines, start + 1, line => line.StartsWith("## ", StringComparison.Ordinal));
        List<Snippet> snippets = [];
        for (int at = start; at < (end < 0 ? lines.Length : end); at++)
        {
            if (lines[at] == "```sh")
            {
                string command = Block(lines, ref at);
                snippets.Add(new Snippet(at + 1, command, null));
            }
            else if (lines[at] == "```json")
            {
                string answer = Block(lines, ref at);
                snippets[^1] = snippets[^1] with { Answer = answer };
            }
        }

        return snippets;
    }

    private static string Block(string[] lines, ref int at)
    {
        int end = Array.IndexOf(lines, "```", at + 1);
        string block = string.Join('\n', lines[(at + 1)..end]);
        at = end;
        return block;
    }
}
