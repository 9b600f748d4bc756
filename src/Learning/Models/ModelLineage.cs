using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Models;

/// <summary>Where a model comes from: enough to fit it again. Plain data; saved in the model file.</summary>
public sealed record ModelLineage
{
    /// <summary>The name of the learner.</summary>
    public required string Learner { get; init; }

    /// <summary>The settings that were given; others had their default.</summary>
    public required IReadOnlyDictionary<string, double> Settings { get; init; }

    /// <summary>What an ensemble is made of; null for other models.</summary>
    public IReadOnlyList<MemberLineage>? Members { get; init; }

    /// <summary>Which way predictions may move with columns, by name; null for no constraint.</summary>
    public IReadOnlyDictionary<string, int>? Monotone { get; init; }

    /// <summary>True when rows were weighed so that every class counts the same; else null.</summary>
    public bool? BalanceClasses { get; init; }

    /// <summary>True when numbers were standardised though the learner does not need it; else null.</summary>
    public bool? Standardize { get; init; }

    /// <summary>The only source of randomness.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Rows that it was fitted on.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>The version of this library that fitted it.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>Where the data came from, in the words of whoever fitted it; null when not said.</summary>
    public string? Dataset { get; init; }

    /// <summary>SHA-256 of the data's bytes in lower-case hexadecimal; null when not said.</summary>
    public string? DatasetSha256 { get; init; }

    /// <summary>What it is worth on rows that no fitting step has seen; null when not evaluated.</summary>
    public Evaluation? Evaluation { get; init; }

    /// <summary>What a forest is worth on the rows that its trees left out while fitting; null unless the fit asked for it (<c>out_of_bag</c>).</summary>
    public Evaluation? OutOfBag { get; init; }
}
