using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Functions.Http.Registry;

/// <summary>Deploys versions by whatever label a request names them. Thread safe.</summary>
/// <param name="registry">Does it.</param>
public sealed class ModelDeployer(ModelRegistry registry)
{
    /// <summary>Deploys a version.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="label">The version; null for the newest.</param>
    /// <param name="operationId">A repeat under the same one changes nothing.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">As <see cref="ModelRegistry.DeployAsync(TenantId, string, int, string, ChangeNote, CancellationToken)"/>.</exception>
    internal async Task<(RegisteredModel Model, int Sequence, Deployment Deployment)> DeployAsync(
        TenantId tenant, string idOrName, string? label, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        RegisteredModel model = (await registry.GetAsync(tenant, idOrName, cancellationToken)).Model;
        int sequence = (await registry.GetVersionAsync(tenant, model.Name, label ?? Domain.Registry.Aliases.AliasName.Latest, cancellationToken)).Sequence;
        Deployment deployment = await registry.DeployAsync(tenant, model.Name, sequence, operationId, note, cancellationToken);
        return (model, deployment.Sequence ?? sequence, deployment);
    }

    /// <summary>The same, as callers of <c>/api/v1</c> see it.</summary>
    internal async Task<DeploymentView> DeployViewAsync(
        TenantId tenant, string idOrName, string? label, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        (RegisteredModel model, int sequence, Deployment deployment) = await DeployAsync(tenant, idOrName, label, operationId, note, cancellationToken);
        return new(
            model.Id,
            model.Name,
            ModelVersion.LabelOf(sequence),
            deployment.PreviousSequence is { } previous ? ModelVersion.LabelOf(previous) : null,
            "deployed",
            deployment.DeployedAt,
            ModelMapping.PredictUrl(model));
    }
}
