using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json.Serialization;
using Trainyard.Domain.Registry.Removal;

namespace Trainyard.Domain.Registry;

/// <summary>One trained model. What it is never changes; its stage, its description and its tags do.</summary>
public sealed record ModelVersion
{
    /// <summary>The id of its model.</summary>
    public required string ModelId { get; init; }

    /// <summary>The name of its model.</summary>
    public required string ModelName { get; init; }

    /// <summary>1, 2, 3, … in order of registration; never used again.</summary>
    public required int Sequence { get; init; }

    /// <summary>What changed for callers.</summary>
    public required SemanticVersion Version { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required ModelStage Stage { get; init; }

    /// <summary><c>classification</c> or <c>regression</c>.</summary>
    public required string Task { get; init; }

    /// <summary>The learner that made it.</summary>
    public required string Learner { get; init; }

    /// <summary>Hyper-parameters that were set, by name.</summary>
    public required IReadOnlyDictionary<string, double> Settings { get; init; }

    /// <summary>The columns it reads.</summary>
    public required IReadOnlyList<ModelInput> Inputs { get; init; }

    /// <summary>Scores on held-out rows, by metric.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Its model file.</summary>
    public required ModelArtifact Artifact { get; init; }

    /// <summary>What it was made from.</summary>
    public required ModelLineage Lineage { get; init; }

    /// <summary>What changed, in words; null when nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>What its users note of it, by key.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Set when it was deleted: its record stays, its model file does not.</summary>
    public Deletion? Deletion { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The sequence number as users see it: <c>v5</c>.</summary>
    [JsonIgnore]
    public string Label => LabelOf(Sequence);

    /// <summary>Its address: <c>model://revenue_forecaster/v5/model.tym</c>.</summary>
    [JsonIgnore]
    public string Uri => $"model://{ModelName}/{Label}/model.tym";

    /// <summary>The label of a sequence number: <c>v5</c>.</summary>
    public static string LabelOf(int sequence) => string.Create(CultureInfo.InvariantCulture, $"v{sequence}");

    /// <summary>Reads <c>v5</c> or <c>5</c>; false when it is not a sequence number.</summary>
    public static bool TryParseLabel(string? text, out int sequence)
    {
        ReadOnlySpan<char> digits = text.AsSpan();
        if (digits.Length > 0 && digits[0] is 'v' or 'V')
        {
            digits = digits[1..];
        }

        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out sequence) && sequence > 0;
    }
}
