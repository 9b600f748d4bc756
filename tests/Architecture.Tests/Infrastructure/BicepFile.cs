namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>What a Bicep file declares.</summary>
internal sealed class BicepFile
{
    public BicepFile(string path, IReadOnlyList<string> errors, BicepNode tree)
    {
        Path = path;
        Errors = errors;
        Tree = tree;
        for (int index = 0; index < tree.Nodes.Count; index++)
        {
            BicepNode node = tree.Nodes[index];
            BicepNode? above = index > 0 && tree.Nodes[index - 1].Type == "decorators" ? tree.Nodes[index - 1] : null;
            if (node.Type.EndsWith("_declaration", StringComparison.Ordinal))
            {
                Declarations.Add(new BicepDeclaration(node, above));
            }
        }
    }

    /// <summary>Below the root of the repository.</summary>
    public string Path { get; }

    public IReadOnlyList<string> Errors { get; }

    public BicepNode Tree { get; }

    public List<BicepDeclaration> Declarations { get; } = [];

    public IEnumerable<BicepDeclaration> Parameters => Of("parameter");

    public IEnumerable<BicepDeclaration> Outputs => Of("output");

    public IEnumerable<BicepDeclaration> Resources => Of("resource");

    public IEnumerable<BicepDeclaration> Modules => Of("module");

    public BicepDeclaration Variable(string name) => Of("variable").Single(each => each.Name == name);

    public override string ToString() => Path;

    private IEnumerable<BicepDeclaration> Of(string kind) => Declarations.Where(each => each.Node.Type == $"{kind}_declaration");
}
