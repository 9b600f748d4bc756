using System.Text.Json.Serialization;
using Trainyard.Domain.Evidence;

namespace Trainyard.Domain.Traffic.Counting;

/// <summary>What a shadow answered beside the versions whose answers were sent. Adds up over hosts.</summary>
public sealed record ShadowCounts
{
    /// <summary>Requests that it saw.</summary>
    public long Calls { get; init; }

    /// <summary>Of them, those that it refused or could not answer.</summary>
    public long Failures { get; init; }

    /// <summary>Requests that it did not see, for too much waited already.</summary>
    public long Dropped { get; init; }

    /// <summary>Rows of which both answers are known.</summary>
    public long Rows { get; init; }

    /// <summary>Of them, those with the same label, or with numbers that differ by at most a millionth.</summary>
    public long Agreed { get; init; }

    /// <summary>The sum of its number less the one that was sent; of labels, of its probability for the label that was sent less that label's.</summary>
    public double Difference { get; init; }

    /// <summary>The same, of absolute values.</summary>
    public double AbsoluteDifference { get; init; }

    /// <summary>What was sent.</summary>
    public OutputCounts Sent { get; init; } = new();

    /// <summary>What it put out.</summary>
    public OutputCounts Own { get; init; } = new();

    /// <summary>The share of rows on which both agree; null before there are any.</summary>
    [JsonIgnore]
    public double? Agreement => Rows == 0 ? null : Agreed / (double)Rows;

    /// <summary>The mean of its answers less those that were sent; null before there are any.</summary>
    [JsonIgnore]
    public double? MeanDifference => Rows == 0 ? null : Difference / Rows;

    /// <summary>The mean distance of its answers from those that were sent; null before there are any.</summary>
    [JsonIgnore]
    public double? MeanAbsoluteDifference => Rows == 0 ? null : AbsoluteDifference / Rows;

    /// <summary>The population stability index of its outputs against those that were sent; null before there are any.</summary>
    [JsonIgnore]
    public double? StabilityIndex => Rows == 0 ? null : OutputStability.Of(Sent, Own);

    /// <summary>Both together.</summary>
    public ShadowCounts Plus(ShadowCounts other)
    {
        (OutputCounts sent, OutputCounts own) = (new(), new());
        sent.Add(Sent);
        sent.Add(other.Sent);
        own.Add(Own);
        own.Add(other.Own);
        return new ShadowCounts
        {
            Calls = Calls + other.Calls,
            Failures = Failures + other.Failures,
            Dropped = Dropped + other.Dropped,
            Rows = Rows + other.Rows,
            Agreed = Agreed + other.Agreed,
            Difference = Difference + other.Difference,
            AbsoluteDifference = AbsoluteDifference + other.AbsoluteDifference,
            Sent = sent,
            Own = own,
        };
    }
}
