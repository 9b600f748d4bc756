namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>A parameter, variable, type, resource, module or output.</summary>
/// <param name="Node">The declaration.</param>
/// <param name="Decorators">What stands above it, or null.</param>
internal sealed record BicepDeclaration(BicepNode Node, BicepNode? Decorators)
{
    public string Name => Node.Nodes[0].Text;

    /// <summary>Of a resource its type and version, of a module its path.</summary>
    public string Target => Node.Nodes[1].Text.Trim('\'');

    /// <summary>Whether a value is given with a parameter: its default.</summary>
    public bool HasDefault => Node.Nodes.Count > 2;

    /// <summary>The value of a variable, an output or a parameter's default.</summary>
    public BicepNode Value => Node.Nodes[^1];

    /// <summary>The object of a resource or a module, also of one in a loop or under a condition.</summary>
    public BicepNode Body => Node.Nodes[^1] switch
    {
        { Type: "object" } body => body,
        { Type: "for_statement" or "if_statement" } wrapped => wrapped.Nodes[^1].Type == "object" ? wrapped.Nodes[^1] : wrapped.Nodes[^1].Nodes[^1],
        BicepNode other => throw new InvalidOperationException($"'{Name}' has no body but {other.Type}."),
    };

    /// <summary>Whether it may be absent, and so be asked only with care.</summary>
    public bool IsConditional => Node.Nodes.Any(each => each.Type == "if_statement");

    /// <summary>Whether a resource is only referred to.</summary>
    public bool IsExisting => Node.Text.Contains("' existing =", StringComparison.Ordinal);

    /// <summary>Whether a decorator such as <c>description</c> stands above it.</summary>
    public bool Has(string decorator) =>
        Decorators is not null && Decorators.Nodes.Any(each => each.First("call_expression")!.Nodes[0].Text == decorator);
}
