using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Tenancy;
using Trainyard.Domain.Traffic.Canaries;

namespace Trainyard.Domain.Traffic;

/// <summary>Brings versions into production, by the strategy that is asked for. Thread safe.</summary>
/// <param name="traffic">Divides traffic.</param>
/// <param name="cache">Loads a version before any caller meets it.</param>
/// <param name="canaries">Goes step by step.</param>
public sealed class Rollouts(ModelTraffic traffic, ModelCache cache, CanaryService canaries)
{
    private const double All = 100;

    /// <summary>Deploys a version.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="operationId">A repeat under the same one answers as the first time and changes nothing.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="orchestrations">The engine that looks after canaries.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The history entry; of a canary that of its first step.</returns>
    /// <exception cref="ProblemException">
    /// As <see cref="ModelTraffic.DeployAsync"/>, and where a share is asked for as <see cref="ModelTraffic.SetAsync"/>; of blue/green
    /// and canary <c>model_corrupt</c> and <c>model_too_large</c>: the version cannot be loaded, and nothing was changed; of a canary as
    /// <see cref="CanaryService.StartAsync"/>, and <c>canary_share_unused</c>: a share beside its steps.
    /// </exception>
    public async Task<Deployment> DeployAsync(
        TenantId tenant,
        string idOrName,
        RolloutRequest request,
        string operationId,
        ChangeNote note,
        ICanaryOrchestrations orchestrations,
        CancellationToken cancellationToken)
    {
        if (request.Strategy is DeploymentStrategy.BlueGreen or DeploymentStrategy.Canary)
        {
            await cache.GetAsync(tenant, idOrName, request.Version, cancellationToken);
        }

        if (request.Strategy == DeploymentStrategy.Canary)
        {
            if (request.Percent is not null)
            {
                throw CanaryProblems.ShareUnused();
            }

            await canaries.StartAsync(tenant, idOrName, request.Version, request.Canary, request.AllowsOtherSchema, operationId, note, orchestrations, cancellationToken);
            return (await traffic.GetAsync(tenant, idOrName, asOf: null, cancellationToken)).Deployment;
        }

        return request.Percent is { } percent
            ? await traffic.SetAsync(tenant, idOrName, Beside(request, percent), operationId, note, cancellationToken, request.Strategy)
            : await traffic.DeployAsync(tenant, idOrName, request.Version, request.AllowsOtherSchema, operationId, note, cancellationToken, request.Strategy);
    }

    private static TrafficChange Beside(RolloutRequest request, double percent)
    {
        WantedShare share = new(request.Version, percent);
        return new TrafficChange
        {
            Shares = percent >= All ? [share] : [new WantedShare(AliasName.Production, All - percent), share],
            AllowsOtherSchema = request.AllowsOtherSchema,
        };
    }
}
