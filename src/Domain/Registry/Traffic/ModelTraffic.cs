using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Storage;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry.Traffic;

/// <summary>Which versions of a model answer requests, now and at any time before. Thread safe; every change is one commit.</summary>
/// <remarks>
/// Whoever changes a deployment does so upon what was deployed when the call began: of two at once the first wins, and the other
/// is told what is deployed now. A repeat under the same operation answers as the first time and changes nothing.
/// </remarks>
/// <param name="documents">Where models are kept.</param>
/// <param name="ids">Makes salts.</param>
/// <param name="time">The clock.</param>
/// <param name="signal">Told when what is deployed changed.</param>
public sealed class ModelTraffic(IDocumentStore documents, IIdSource ids, TimeProvider time, DeploymentSignal signal)
{
    /// <summary>What is deployed, or was at a moment; of models that were deleted since, too.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="asOf">The moment; null for now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>; <c>deployment_not_found</c>: nothing was deployed by then.</exception>
    public async Task<(RegisteredModel Model, Deployment Deployment)> GetAsync(
        TenantId tenant, string idOrName, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        RegisteredModel model = (await records.FindHeadAsync(cancellationToken) ?? throw RegistryProblems.ModelNotFound(idOrName)).Value;
        Deployment? found = model.DeploymentCount == 0 ? null
            : asOf is { } moment ? await AtAsync(records, model.DeploymentCount, moment, cancellationToken)
            : await records.DeploymentAsync(model.DeploymentCount, cancellationToken);
        return found is null ? throw TrafficProblems.NothingDeployedThen(model.Name, asOf ?? time.GetUtcNow()) : (model, found);
    }

    /// <summary>Gives a version all traffic.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="label">The version: <c>v5</c>, <c>5</c>, <c>1.4.0</c> or an alias.</param>
    /// <param name="allowsOtherSchema">Whether it may read other columns, or predict something else, than the one that is deployed.</param>
    /// <param name="operationId">What asks for it.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="strategy">How, for the history.</param>
    /// <returns>The history entry. When the version has all traffic already: the entry that did it.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>,
    /// <c>stage_transition_refused</c>, <c>model_file_elsewhere</c>, <c>deployment_schema_differs</c>, <c>model_changed_meanwhile</c>,
    /// <c>operation_withdrawn</c>, <c>write_contention</c>.
    /// </exception>
    public Task<Deployment> DeployAsync(
        TenantId tenant,
        string idOrName,
        string label,
        bool allowsOtherSchema,
        string operationId,
        ChangeNote note,
        CancellationToken cancellationToken,
        DeploymentStrategy strategy = DeploymentStrategy.Immediate) => ChangeAsync(
        tenant,
        idOrName,
        operationId,
        note,
        async (records, head, token) =>
        {
            int sequence = (await records.VersionAsync(head.Value, label, token)).Value.Sequence;
            return head.Value is { Traffic.IsSplit: false } model && model.DeployedSequence == sequence
                ? null
                : TrafficStep.To(head.Value, sequence, strategy) with { AllowsOtherSchema = allowsOtherSchema };
        },
        cancellationToken);

    /// <summary>Divides traffic, or changes what goes with it.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="change">What is wanted.</param>
    /// <param name="operationId">What asks for it.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="strategy">How, for the history.</param>
    /// <param name="upon">The number of the deployment that it must be made upon; null for whatever is there.</param>
    /// <returns>The history entry; the last one when nothing had to change.</returns>
    /// <exception cref="ProblemException">
    /// As <see cref="DeployAsync"/>; <c>traffic_percent_invalid</c>, <c>traffic_sum_invalid</c>, <c>traffic_version_repeated</c>,
    /// <c>traffic_versions_too_many</c>, <c>traffic_too_fragmented</c>, <c>log_rate_invalid</c>; <c>model_not_deployed</c>: there is no traffic to divide.
    /// </exception>
    public Task<Deployment> SetAsync(
        TenantId tenant,
        string idOrName,
        TrafficChange change,
        string operationId,
        ChangeNote note,
        CancellationToken cancellationToken,
        DeploymentStrategy strategy = DeploymentStrategy.Split,
        int? upon = null)
    {
        change.Require();
        return ChangeAsync(
            tenant,
            idOrName,
            operationId,
            note,
            async (records, head, token) =>
            {
                RegisteredModel model = head.Value;
                if (upon is { } expected && expected != model.DeploymentCount)
                {
                    throw TrafficProblems.ChangedMeanwhile(model);
                }

                return change.Shares is null && model.DeployedSequence is null
                    ? throw RegistryProblems.NotDeployed(model.Name)
                    : await new TrafficPlanner(records, ids).StepAsync(model, change, strategy, token);
            },
            cancellationToken);
    }

    /// <summary>Ends a split in favour of what is deployed; where nothing is split, gives all traffic to what was in production before.</summary>
    /// <returns>The history entry.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>model_changed_meanwhile</c>, <c>operation_withdrawn</c>,
    /// <c>write_contention</c>; <c>rollback_unavailable</c>: nothing else was in production, or it was deleted since.
    /// </exception>
    public Task<Deployment> RollbackAsync(TenantId tenant, string idOrName, string operationId, ChangeNote note, CancellationToken cancellationToken) =>
        ChangeAsync(
            tenant,
            idOrName,
            operationId,
            note,
            async (records, head, token) => head.Value.Traffic.IsSplit
                ? TrafficStep.To(head.Value, head.Value.DeployedSequence, DeploymentStrategy.Rollback)
                : await new Deployments(records, time).BackAsync(head.Value, token) ?? throw TrafficProblems.NothingBefore(head.Value.Name),
            cancellationToken);

    // The last deployment that was made by a moment: their moments rise with their numbers, which have no gaps.
    private static async Task<Deployment?> AtAsync(ModelRecords records, int count, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        Deployment? found = null;
        for ((int low, int high) = (1, count); low <= high;)
        {
            int middle = low + ((high - low) / 2);
            Deployment deployment = await records.DeploymentAsync(middle, cancellationToken);
            if (deployment.DeployedAt <= moment)
            {
                (found, low) = (deployment, middle + 1);
            }
            else
            {
                high = middle - 1;
            }
        }

        return found;
    }

    private async Task<Deployment> ChangeAsync(
        TenantId tenant,
        string idOrName,
        string operationId,
        ChangeNote note,
        Func<ModelRecords, Stored<RegisteredModel>, CancellationToken, Task<TrafficStep?>> plan,
        CancellationToken cancellationToken)
    {
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        Deployments deployments = new(records, time);
        int? seen = null;
        Deployment deployment = await Contention.RetryAsync(
            async token =>
            {
                if (await deployments.DoneAsync(operationId, token) is { } done)
                {
                    return done;
                }

                Stored<RegisteredModel> head = await records.HeadAsync(token);
                seen ??= head.Value.DeploymentCount;
                if (head.Value.DeploymentCount != seen)
                {
                    throw TrafficProblems.ChangedMeanwhile(head.Value);
                }

                return await plan(records, head, token) is { } step
                    ? await deployments.ChangeAsync(head, step, operationId, note, token)
                    : await records.DeploymentAsync(head.Value.DeploymentCount, token);
            },
            cancellationToken);
        signal.Raise();
        return deployment;
    }
}
