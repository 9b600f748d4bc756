using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry.Storage;

namespace Trainyard.Domain.Registry.Traffic;

/// <summary>Turns what is asked of a model's traffic into the step that leads there.</summary>
internal sealed class TrafficPlanner(ModelRecords records, IIdSource ids)
{
    /// <summary>The step upon a head that was read; null when it would change nothing.</summary>
    /// <exception cref="Problems.ProblemException"><c>traffic_version_repeated</c>, <c>traffic_too_fragmented</c>, <c>model_version_not_found</c>.</exception>
    public async Task<TrafficStep?> StepAsync(RegisteredModel model, TrafficChange change, DeploymentStrategy strategy, CancellationToken cancellationToken)
    {
        IReadOnlyList<VersionShare> shares = change.Shares is null ? model.Shares : await ResolveAsync(model, change.Shares, "shares", cancellationToken);
        int? deployed = Deployed(model, shares);
        TrafficPlan plan = Divide(model, shares) with
        {
            Shadows = change.Shadows is null ? Staying(model, shares) : await ResolveAsync(model, change.Shadows, "shadows", cancellationToken),
            Fallback = await FallbackAsync(model, change.Fallback, deployed, cancellationToken),
            LogRate = change.LogRate ?? model.Traffic.LogRate,
            Test = change.Test,
        };
        RequireApart(shares, plan.Shadows);
        return deployed == model.DeployedSequence && plan == model.Traffic
            ? null
            : new TrafficStep(deployed, plan, strategy) { AllowsOtherSchema = change.AllowsOtherSchema };
    }

    // What is deployed stays what others are held against for as long as it answers anybody.
    private static int? Deployed(RegisteredModel model, IReadOnlyList<VersionShare> shares) =>
        shares.Count == 0 || shares.Any(share => share.Sequence == model.DeployedSequence) ? model.DeployedSequence
        : shares.OrderByDescending(share => share.Points).ThenBy(share => share.Sequence).First().Sequence;

    private static IReadOnlyList<VersionShare> Staying(RegisteredModel model, IReadOnlyList<VersionShare> shares) =>
        [.. model.Traffic.Shadows.Where(shadow => shares.All(share => share.Sequence != shadow.Sequence))];

    private static void RequireApart(IReadOnlyList<VersionShare> shares, IReadOnlyList<VersionShare> shadows)
    {
        if (shadows.FirstOrDefault(shadow => shares.Any(share => share.Sequence == shadow.Sequence)) is { } both)
        {
            throw TrafficProblems.VersionRepeated(ModelVersion.LabelOf(both.Sequence), "shadows");
        }
    }

    private TrafficPlan Divide(RegisteredModel model, IReadOnlyList<VersionShare> shares)
    {
        TrafficPlan plan = model.Traffic;
        if (shares.Count <= 1)
        {
            return plan with { Segments = [] };
        }

        // A split that begins has no callers yet who would have to stay where they are.
        bool begins = !plan.IsSplit;
        IReadOnlyList<TrafficSegment> current = !begins ? plan.Segments
            : model.DeployedSequence is { } all ? [new TrafficSegment(0, TrafficPlan.AllPoints, all)] : [];
        IReadOnlyList<TrafficSegment> segments = TrafficLayout.Change(current, shares);
        return segments.Count > TrafficPlan.MaxSegments
            ? throw TrafficProblems.TooFragmented(model.Name)
            : plan with { Segments = segments, Salt = begins ? ids.NewId() : plan.Salt };
    }

    private async Task<IReadOnlyList<VersionShare>> ResolveAsync(
        RegisteredModel model, IReadOnlyList<WantedShare> wanted, string field, CancellationToken cancellationToken)
    {
        List<VersionShare> shares = [];
        foreach (WantedShare share in wanted)
        {
            int sequence = (await records.VersionAsync(model, share.Version, cancellationToken)).Value.Sequence;
            if (shares.Any(known => known.Sequence == sequence))
            {
                throw TrafficProblems.VersionRepeated(share.Version, field);
            }

            shares.Add(new VersionShare(sequence, share.Points(field)));
        }

        return [.. shares.Where(share => share.Points > 0)];
    }

    private async Task<int?> FallbackAsync(RegisteredModel model, string? wanted, int? deployed, CancellationToken cancellationToken)
    {
        int? fallback = wanted switch
        {
            null => model.Traffic.Fallback,
            "" => null,
            _ => (await records.VersionAsync(model, wanted, cancellationToken)).Value.Sequence,
        };
        return fallback == deployed ? null : fallback;
    }
}
