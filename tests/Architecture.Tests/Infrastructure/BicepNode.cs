namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>A node of a Bicep file's syntax tree, without punctuation and comments.</summary>
/// <param name="Type">What the grammar calls it.</param>
/// <param name="Text">As it stands in the file.</param>
/// <param name="Start">Where it begins, in characters.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Nodes">What it is made of.</param>
internal sealed record BicepNode(string Type, string Text, int Start, int End, IReadOnlyList<BicepNode> Nodes)
{
    /// <summary>This node and all below it.</summary>
    public IEnumerable<BicepNode> All => Nodes.SelectMany(each => each.All).Prepend(this);

    /// <summary>The first of those of a type; null when there is none.</summary>
    public BicepNode? First(string type) => All.FirstOrDefault(each => each.Type == type);

    /// <summary>The properties of an object by name, with their values.</summary>
    public IReadOnlyDictionary<string, BicepNode> Properties => Nodes.Where(each => each.Type == "object_property" && each.Nodes.Count > 1)
        .ToDictionary(each => each.Nodes[0].Text.Trim('\''), each => each.Nodes[1], StringComparer.Ordinal);

    /// <summary>The texts of an array of strings.</summary>
    public IEnumerable<string> Strings => Nodes.Where(each => each.Type == "string").Select(each => each.Text.Trim('\''));
}
