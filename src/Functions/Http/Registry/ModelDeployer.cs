using Microsoft.DurableTask.Client;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Tenancy;
using Trainyard.Domain.Traffic;
using Trainyard.Functions.Http.Traffic;
using Trainyard.Functions.Orchestrations;

namespace Trainyard.Functions.Http.Registry;

/// <summary>Deploys versions by whatever label a request names them. Thread safe.</summary>
/// <param name="registry">Knows them.</param>
/// <param name="rollouts">Deploys them.</param>
public sealed class ModelDeployer(ModelRegistry registry, Rollouts rollouts)
{
    /// <summary>Deploys a version.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="rollout">Which version, and how.</param>
    /// <param name="operationId">A repeat under the same one changes nothing.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="client">The engine that looks after canaries.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">As <see cref="Rollouts.DeployAsync"/>.</exception>
    internal async Task<(RegisteredModel Model, int Sequence, Deployment Deployment)> DeployAsync(
        TenantId tenant, string idOrName, RolloutRequest rollout, string operationId, ChangeNote note, DurableTaskClient client, CancellationToken cancellationToken)
    {
        RegisteredModel model = await registry.GetHeadAsync(tenant, idOrName, cancellationToken);
        int sequence = (await registry.GetVersionAsync(tenant, model.Name, rollout.Version, cancellationToken)).Sequence;

        // Of a repeat the label may mean another version by now; what was deployed then is what the entry says.
        Deployment deployment = await rollouts.DeployAsync(
            tenant, model.Name, rollout with { Version = ModelVersion.LabelOf(sequence) }, operationId, note, new DurableCanaryOrchestrations(client), cancellationToken);
        bool isThere = deployment.Shares.Any(share => share.Sequence == sequence);
        return (model, isThere ? sequence : deployment.Sequence ?? sequence, deployment);
    }

    /// <summary>The same, as callers of <c>/api/v1</c> see it.</summary>
    internal async Task<DeploymentView> DeployViewAsync(
        TenantId tenant, string idOrName, RolloutRequest rollout, string operationId, ChangeNote note, DurableTaskClient client, CancellationToken cancellationToken)
    {
        (RegisteredModel model, int sequence, Deployment deployment) = await DeployAsync(tenant, idOrName, rollout, operationId, note, client, cancellationToken);
        return new(
            model.Id,
            model.Name,
            ModelVersion.LabelOf(sequence),
            deployment.PreviousSequence is { } previous ? ModelVersion.LabelOf(previous) : null,
            rollout.Strategy == DeploymentStrategy.Canary ? "canary" : "deployed",
            deployment.DeployedAt,
            ModelMapping.PredictUrl(model),
            TrafficMapping.Word(deployment.Strategy),
            TrafficMapping.Shares(deployment.Shares));
    }
}
