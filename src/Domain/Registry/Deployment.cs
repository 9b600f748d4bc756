using System.Text.Json.Serialization;
using Trainyard.Domain.Registry.Traffic;

namespace Trainyard.Domain.Registry;

/// <summary>One entry of a model's deployment history: what is in production from then on.</summary>
/// <param name="Number">1, 2, 3, … per model.</param>
/// <param name="Sequence">The version that is deployed since then, or to which the others of a split are held; null when the model was withdrawn.</param>
/// <param name="PreviousSequence">What was deployed before; null when nothing was.</param>
/// <param name="OperationId">What asked for it: the id of a run or a request. The same id never deploys twice.</param>
/// <param name="DeployedAt">When.</param>
public sealed record Deployment(int Number, int? Sequence, int? PreviousSequence, string OperationId, DateTimeOffset DeployedAt)
{
    /// <summary>How traffic is divided since then.</summary>
    public TrafficPlan Traffic { get => field ?? TrafficPlan.Whole; init; }

    /// <summary>How it came about.</summary>
    public DeploymentStrategy Strategy { get; init; } = DeploymentStrategy.Immediate;

    /// <summary>The number of the deployment that a rollback goes back to; 0 for none, null in entries from before that was noted.</summary>
    public int? ReturnsTo { get; init; }

    /// <summary>The versions that answer since then, the greatest share first.</summary>
    [JsonIgnore]
    public IReadOnlyList<VersionShare> Shares => Traffic.Shares(Sequence);

    /// <summary>Where to look for what stood before this one; always an earlier number.</summary>
    [JsonIgnore]
    internal int Before => ReturnsTo ?? Number - 1;
}
