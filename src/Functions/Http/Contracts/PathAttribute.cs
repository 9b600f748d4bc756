namespace Trainyard.Functions.Http.Contracts;

/// <summary>Says what a parameter of a route means.</summary>
/// <param name="description">One sentence for callers.</param>
/// <param name="example">A value.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PathAttribute(string description, string example) : Attribute
{
    /// <summary>One sentence for callers.</summary>
    public string Description { get; } = description;

    /// <summary>A value.</summary>
    public string Example { get; } = example;

    /// <summary>Whether it is a name or an id, by <see cref="Domain.Naming.ResourceName"/>; true by default.</summary>
    public bool IsName { get; init; } = true;
}
