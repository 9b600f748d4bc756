using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Registry.Traffic;

namespace Trainyard.Domain.Registry;

/// <summary>A model as its users know it: a name with versions, at most one of them deployed.</summary>
/// <param name="Id">Stable identifier.</param>
/// <param name="Name">Unique name.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When anything of it last changed; never goes backwards.</param>
/// <param name="LatestSequence">The newest version that was not deleted; 0 when there is none.</param>
/// <param name="DeployedSequence">The deployed version; null when none is. While traffic is split, the one that the others are held against.</param>
/// <param name="DeploymentCount">How often what is deployed, or its traffic, changed; the number of the last deployment.</param>
public sealed record RegisteredModel(
    string Id,
    string Name,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int LatestSequence,
    int? DeployedSequence,
    int DeploymentCount)
{
    /// <summary>Aliases of one model at most; they lie in its head, which every change writes.</summary>
    public const int MaxAliases = 50;

    /// <summary>The last number given to a version, which no other gets even when that version or the whole model is deleted.</summary>
    public int LastSequence { get; init; }

    /// <summary>What it is for, in words; null when nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>What its users note of it, by key.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Sequence numbers by alias, without the reserved ones.</summary>
    public IReadOnlyDictionary<string, int> Aliases { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>Columns of any of its versions, inputs or target, that hold personal data, by name. A new version may add to them; only an edit takes away.</summary>
    public IReadOnlyList<string> PersonalColumns { get => field ?? []; init; } = [];

    /// <summary>How its traffic is divided.</summary>
    public TrafficPlan Traffic { get => field ?? TrafficPlan.Whole; init; }

    /// <summary>The version that was in production before the deployed one; null when none was, or when it was deployed before that was noted.</summary>
    public int? PreviousSequence { get; init; }

    /// <summary>Entries of its history.</summary>
    public int EventCount { get; init; }

    /// <summary>Set while it is deleted, with every version that it had; a new registration under its name revives it.</summary>
    public Deletion? Deletion { get; init; }

    /// <summary>The versions that answer its requests, the greatest share first.</summary>
    [JsonIgnore]
    public IReadOnlyList<VersionShare> Shares => Traffic.Shares(DeployedSequence);

    /// <summary>Whether it serves.</summary>
    [JsonIgnore]
    public ModelStatus Status => DeployedSequence is not null ? ModelStatus.Deployed : DeploymentCount == 0 ? ModelStatus.Training : ModelStatus.Deprecated;

    /// <summary>The number of the next version.</summary>
    [JsonIgnore]
    internal int NextSequence => Math.Max(LastSequence, LatestSequence) + 1;

    /// <summary>The version that an alias points to now, reserved ones among them; null for none.</summary>
    public int? PointedTo(string alias) => alias switch
    {
        AliasName.Production => DeployedSequence,
        AliasName.Latest => LatestSequence == 0 ? null : LatestSequence,
        _ => Aliases.TryGetValue(alias, out int sequence) ? sequence : null,
    };

    /// <summary>The aliases of a version, by name, without the reserved ones.</summary>
    public IReadOnlyList<string> AliasesOf(int sequence) =>
        [.. Aliases.Where(alias => alias.Value == sequence).Select(alias => alias.Key).Order(StringComparer.Ordinal)];
}
