namespace Trainyard.Domain.Registry.Traffic;

/// <summary>What a deployment shall lead to.</summary>
/// <param name="Sequence">The deployed version to come; null to withdraw.</param>
/// <param name="Plan">The traffic to come.</param>
/// <param name="Strategy">How.</param>
internal sealed record TrafficStep(int? Sequence, TrafficPlan Plan, DeploymentStrategy Strategy)
{
    /// <summary>Whether a version may read other columns, or predict something else, than the one that is deployed.</summary>
    public bool AllowsOtherSchema { get; init; }

    /// <summary>The deployment that is come back to; null when this one is new.</summary>
    public Deployment? BackTo { get; init; }

    /// <summary>What was in production before the version that is come back to; null for none.</summary>
    public int? PreviousOfBack { get; init; }

    /// <summary>All traffic to one version, in place of what is deployed.</summary>
    public static TrafficStep To(RegisteredModel model, int? sequence, DeploymentStrategy strategy) =>
        new(sequence, Cleared(model.Traffic, sequence), strategy);

    // What shadowed or stood in for others may have become what is deployed; nothing shadows a model that is withdrawn.
    private static TrafficPlan Cleared(TrafficPlan plan, int? sequence) => plan with
    {
        Segments = [],
        Test = null,
        Shadows = sequence is null ? [] : [.. plan.Shadows.Where(shadow => shadow.Sequence != sequence)],
        Fallback = sequence is null || plan.Fallback == sequence ? null : plan.Fallback,
    };
}
