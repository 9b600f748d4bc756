using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>Reads YAML files of the repository.</summary>
internal static class Yaml
{
    /// <summary>The mapping that the file consists of.</summary>
    public static YamlMappingNode Read(params string[] path)
    {
        YamlStream stream = [];
        using StreamReader reader = new(Repository.Path(path));
        stream.Load(reader);
        return Assert.IsType<YamlMappingNode>(Assert.Single(stream.Documents).RootNode);
    }

    /// <summary>What lies at a path of keys and positions; null when there is nothing.</summary>
    public static YamlNode? At(this YamlNode node, params string[] path)
    {
        YamlNode? found = node;
        foreach (string part in path)
        {
            found = found switch
            {
                YamlMappingNode map => map.Children.FirstOrDefault(each => ((YamlScalarNode)each.Key).Value == part).Value,
                YamlSequenceNode list => list.Children[int.Parse(part, CultureInfo.InvariantCulture)],
                _ => null,
            };
        }

        return found;
    }

    /// <summary>The text at a path; null when there is none.</summary>
    public static string? Text(this YamlNode node, params string[] path) => (node.At(path) as YamlScalarNode)?.Value;

    /// <summary>The keys at a path, which must be a mapping.</summary>
    public static IEnumerable<string> Keys(this YamlNode node, params string[] path) =>
        Assert.IsType<YamlMappingNode>(node.At(path)).Children.Keys.Select(key => ((YamlScalarNode)key).Value!);
}
