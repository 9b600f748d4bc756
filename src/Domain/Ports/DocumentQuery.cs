namespace Trainyard.Domain.Ports;

/// <summary>A range of row keys in one partition.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="PartitionKey">The partition.</param>
public sealed record DocumentQuery(string Collection, string PartitionKey)
{
    /// <summary>First row key, inclusive; null for the start.</summary>
    public string? From { get; init; }

    /// <summary>Last row key, exclusive; null for the end.</summary>
    public string? Before { get; init; }

    /// <summary>Documents at most, 1 to <see cref="DocumentLimits.MaxPageSize"/>.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>What the page before returned; null for the first page.</summary>
    public string? Continuation { get; init; }
}
