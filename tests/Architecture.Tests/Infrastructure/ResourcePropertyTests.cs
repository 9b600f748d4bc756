namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>Holds the properties that resources set to those that were looked up, for which azure-properties.txt is the list.</summary>
public sealed class ResourcePropertyTests
{
    [RequiresBicepParserFact]
    public void Resources_SetWhatWasLookedUp()
    {
        string[] set = [.. Bicep.Files.SelectMany(file => file.Resources).Where(each => !each.IsExisting).SelectMany(Properties).Distinct(StringComparer.Ordinal)];
        string[] lookedUp = [.. LookedUp()];
        Assert.Empty(set.Except(lookedUp));
        Assert.Empty(lookedUp.Except(set));
    }

    // The paths of the values, with the type before them; what an array holds has the array's path.
    private static IEnumerable<string> Properties(BicepDeclaration resource) => Paths(resource.Body, string.Empty).Select(path => $"{resource.Target} {path}");

    private static IEnumerable<string> Paths(BicepNode node, string path)
    {
        if (node.Type != "object")
        {
            string[] below = node.Type == "interpolation" ? [] : [.. node.Nodes.SelectMany(each => Paths(each, path)).Where(each => each != path)];
            return below.Length > 0 ? below : [path];
        }

        return node.Properties.Where(each => !each.Key.Contains("${", StringComparison.Ordinal)).SelectMany(each => IsFree(path, each.Key)
            ? [Join(path, each.Key)]
            : Paths(each.Value, Join(path, each.Key))).DefaultIfEmpty(path);
    }

    // Tags have the names that somebody gives them.
    private static bool IsFree(string path, string name) => path.Length == 0 && name == "tags";

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static IEnumerable<string> LookedUp()
    {
        string type = string.Empty;
        foreach (string line in File.ReadLines(Repository.Path("tests", "Architecture.Tests", "Infrastructure", "azure-properties.txt")))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                yield return $"{type} {line.Trim()}";
            }
            else
            {
                type = line;
            }
        }
    }
}
