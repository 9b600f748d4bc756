using System.Diagnostics;
using System.Text.Json;

namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>Reads Bicep files by the grammar of tree-sitter, in a Node process.</summary>
internal static class Bicep
{
    private static readonly string Tools = Repository.Path("tests", "tools");
    private static readonly Lazy<IReadOnlyList<BicepFile>> Repositorys = new(() =>
        Parse([.. Directory.EnumerateFiles(Repository.Path("infra"), "*.bicep", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]));

    /// <summary>Where npm puts the grammar.</summary>
    public static string Package { get; } = Path.Combine(Tools, "node_modules", "tree-sitter-bicep");

    /// <summary>Every file of infra/, read once.</summary>
    public static IReadOnlyList<BicepFile> Files => Repositorys.Value;

    /// <summary>The file at a path below infra/.</summary>
    public static BicepFile File(string path) => Files.Single(each => each.Path == $"infra/{path}");

    public static IReadOnlyList<BicepFile> Parse(params string[] paths)
    {
        using Process process = Process.Start(new ProcessStartInfo("node", ["bicep-parse.cjs", .. paths])
        {
            WorkingDirectory = Tools,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("node did not start.");
        string json = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. JsonSerializer.Deserialize<Parsed[]>(json, JsonSerializerOptions.Web)!.Select(Read)]
            : throw new InvalidOperationException($"bicep-parse.cjs ended with {process.ExitCode}.");
    }

    private static BicepFile Read(Parsed parsed) => new(
        Path.GetRelativePath(Repository.Root, parsed.File).Replace(Path.DirectorySeparatorChar, '/'),
        [.. parsed.Errors, .. CrowdedLines(parsed.Tree)],
        parsed.Tree);

    // The grammar lets go through what Bicep does not: neighbours on one line without a comma, and statements on one line.
    private static IEnumerable<string> CrowdedLines(BicepNode tree)
    {
        foreach (BicepNode parent in tree.All.Where(each => each.Type is "object" or "array" or "infrastructure"))
        {
            foreach ((BicepNode before, BicepNode after) in parent.Nodes.Zip(parent.Nodes.Skip(1)))
            {
                string between = tree.Text[(before.End - tree.Start)..(after.Start - tree.Start)];
                if (!between.Contains('\n', StringComparison.Ordinal) && (parent.Type == "infrastructure" || !between.Contains(',', StringComparison.Ordinal)))
                {
                    yield return $"a line end or a comma is missing before '{after.Text.Split('\n')[0]}'";
                }
            }
        }
    }

    private sealed record Parsed(string File, IReadOnlyList<string> Errors, BicepNode Tree);
}
