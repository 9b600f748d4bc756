namespace Trainyard.Functions.Http.Contracts;

/// <summary>Says that an HTTP function reads a query parameter.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">One sentence for callers.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class QueryAttribute(string name, string description) : Attribute
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>One sentence for callers.</summary>
    public string Description { get; } = description;

    /// <summary>What it is read as: <see cref="string"/>, <see cref="long"/> or <see cref="DateTimeOffset"/>.</summary>
    public Type Type { get; init; } = typeof(string);

    /// <summary>Whether a request needs it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>A value that is accepted; null for none to show.</summary>
    public string? Example { get; init; }

    /// <summary>What a text must match; null for any.</summary>
    public string? Pattern { get; init; }

    /// <summary>The least whole number; with <see cref="Maximum"/> 0, no bounds.</summary>
    public long Minimum { get; init; }

    /// <summary>The greatest whole number; 0 for no bounds.</summary>
    public long Maximum { get; init; }

    /// <summary>What holds when it is absent; null to say nothing.</summary>
    public object? Default { get; init; }
}
