using System.Text.Json.Serialization;

namespace Trainyard.Domain.Registry.Traffic;

/// <summary>Which versions answer a model's requests, which only see them, and what stands in for a version that cannot be loaded.</summary>
/// <remarks>It lies in the model's head, so that one read tells a host everything.</remarks>
public sealed record TrafficPlan
{
    /// <summary>All of the traffic, in the unit of shares: hundredths of a percent.</summary>
    public const int AllPoints = 10_000;

    /// <summary>One percent in that unit.</summary>
    public const int PointsOfPercent = 100;

    /// <summary>Versions that answer at the same time at most; a host holds all of them in memory.</summary>
    public const int MaxShares = 10;

    /// <summary>Versions that only see requests at most; each costs as much as one that answers.</summary>
    public const int MaxShadows = 3;

    /// <summary>Pieces that the callers may be parted into at most; they lie in the model's head, which every change writes.</summary>
    public const int MaxSegments = 256;

    /// <summary>A model's traffic before anybody divided it.</summary>
    public static TrafficPlan Whole { get; } = new();

    /// <summary>What the keys of callers are hashed with: made anew whenever a split begins, so that not the same callers try every version first.</summary>
    public string Salt { get; init; } = string.Empty;

    /// <summary>Which callers get which version, by their point; empty while the deployed version answers all.</summary>
    public IReadOnlyList<TrafficSegment> Segments { get; init; } = [];

    /// <summary>Versions whose answers are compared and never sent, each with the share of requests that it sees.</summary>
    public IReadOnlyList<VersionShare> Shadows { get; init; } = [];

    /// <summary>The version that stands in when a file is gone or damaged; null for what was in production before.</summary>
    public int? Fallback { get; init; }

    /// <summary>The share of requests whose predictions are logged, from 0 to 1; none unless somebody asks for it (docs/prediction-log.md).</summary>
    /// <remarks>Stored under another name than the rate of 1 that every plan had when nothing was logged yet, which nobody had chosen.</remarks>
    [JsonPropertyName("logged_share")]
    public double LogRate { get; init; }

    /// <summary>The A/B test that the traffic is divided for; null for none. Whatever changes the deployment otherwise ends it.</summary>
    public string? Test { get; init; }

    /// <summary>Whether more than one version answers.</summary>
    [JsonIgnore]
    public bool IsSplit => Segments.Count > 0;

    /// <summary>The shares of the versions that answer, the greatest first, of equals the older version.</summary>
    /// <param name="deployed">What answers all while nothing is split; null for nothing.</param>
    public IReadOnlyList<VersionShare> Shares(int? deployed) => (IsSplit, deployed) switch
    {
        (false, null) => [],
        (false, { } sequence) => [new VersionShare(sequence, AllPoints)],
        _ =>
        [
            .. Segments.GroupBy(segment => segment.Sequence)
                .Select(own => new VersionShare(own.Key, own.Sum(segment => segment.Before - segment.From)))
                .OrderByDescending(share => share.Points).ThenBy(share => share.Sequence),
        ],
    };

    /// <summary>Whether both say the same.</summary>
    public bool Equals(TrafficPlan? other) =>
        other is not null && Salt == other.Salt && Segments.SequenceEqual(other.Segments) && Shadows.SequenceEqual(other.Shadows)
        && Fallback == other.Fallback && Test == other.Test && LogRate.Equals(other.LogRate);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Salt, Segments.Count, Shadows.Count, Fallback, LogRate, Test);
}
