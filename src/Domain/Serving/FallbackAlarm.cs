using Trainyard.Domain.Alerts;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Serving;

/// <summary>Tells that a version stands in for another, once a day of each.</summary>
internal sealed class FallbackAlarm(AlertLog alerts, TimeProvider time)
{
    /// <summary>Raises the alert, unless the look-up before found the same.</summary>
    public async Task RaiseAsync(
        TenantId tenant, RegisteredModel model, int sequence, ModelVersion standIn, Problem cause, ServingPlan? last, CancellationToken cancellationToken)
    {
        if (last?.StandInOf(sequence) == standIn.Sequence)
        {
            return;
        }

        string label = ModelVersion.LabelOf(sequence);
        DateTimeOffset day = new(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        Alert alert = new(
            $"fallback-{model.Id}-{label}-{standIn.Label}",
            AlertKind.FallbackServed,
            $"{standIn.Label} of model '{model.Name}' answers the requests of {label}, which cannot be loaded: {cause.Detail}",
            day,
            model.Name,
            standIn.Lineage.PipelineId ?? string.Empty,
            standIn.Lineage.RunId,
            "deployed_version",
            standIn.Sequence,
            sequence);
        await alerts.RaiseAsync(tenant, alert, cancellationToken);
    }
}
