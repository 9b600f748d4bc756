using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Storage;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry.Stages;

/// <summary>Moves versions from stage to stage. To production is to deploy, from production to withdraw: one mechanism. Thread safe.</summary>
/// <param name="documents">Where models are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="signal">Told when what is deployed changed.</param>
public sealed class ModelStages(IDocumentStore documents, TimeProvider time, DeploymentSignal signal)
{
    /// <summary>Moves a version; one that is there already stays as it is.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="label">The version: <c>v5</c>, <c>5</c>, <c>1.4.0</c> or an alias.</param>
    /// <param name="stage">Where to.</param>
    /// <param name="operationId">What asks for it; a repeat changes nothing more.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The version as it is then.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>;
    /// <c>stage_transition_refused</c>: this stage does not follow that one; <c>model_changed_meanwhile</c>: somebody else moved it, or
    /// deployed another version, in the same moment; <c>model_version_in_use</c>: it has a share of split traffic; <c>model_file_elsewhere</c>,
    /// <c>operation_withdrawn</c>, <c>write_contention</c>.
    /// </exception>
    public async Task<ModelVersion> MoveAsync(
        TenantId tenant, string idOrName, string label, ModelStage stage, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        Seen? first = null;
        ModelVersion moved = await Contention.RetryAsync(
            async token =>
            {
                Stored<RegisteredModel> head = await records.HeadAsync(token);
                Stored<ModelVersion> version = await records.VersionAsync(head.Value, label, token);
                Seen now = new(version.Value.Sequence, version.Value.Stage, head.Value.DeploymentCount);
                first ??= now;
                if (version.Value.Stage == stage && !(stage == ModelStage.Production && head.Value.Traffic.IsSplit))
                {
                    return version.Value;
                }

                return now == first
                    ? await MoveOnceAsync(records, head, version, stage, operationId, note, token)
                    : throw RegistryProblems.ChangedMeanwhile(head.Value, version.Value);
            },
            cancellationToken);
        signal.Raise();
        return moved;
    }

    /// <summary>Moves a version by the shortest way of allowed moves, each a change of its own.</summary>
    /// <returns>The version as it is then.</returns>
    /// <exception cref="ProblemException">As <see cref="MoveAsync"/>; what was moved on the way by then stays moved.</exception>
    public async Task<ModelVersion> MoveThroughAsync(
        TenantId tenant, string idOrName, string label, ModelStage stage, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        ModelVersion version = (await records.VersionAsync((await records.HeadAsync(cancellationToken)).Value, label, cancellationToken)).Value;
        foreach (ModelStage next in StageMoves.Way(version.Stage, stage))
        {
            version = await MoveAsync(tenant, records.Name, version.Label, next, $"{operationId}-{StageName.Of(next)}", note, cancellationToken);
        }

        return version;
    }

    private async Task<ModelVersion> MoveOnceAsync(
        ModelRecords records,
        Stored<RegisteredModel> head,
        Stored<ModelVersion> version,
        ModelStage stage,
        string operationId,
        ChangeNote note,
        CancellationToken cancellationToken)
    {
        Deployments deployments = new(records, time);
        if (await deployments.DoneAsync(operationId, cancellationToken) is not null)
        {
            return version.Value;
        }

        if (version.Value.Stage == ModelStage.Production && head.Value.Traffic.IsSplit)
        {
            return await LeaveSplitAsync(deployments, head, version, stage, operationId, note, cancellationToken);
        }

        if (!StageMoves.From(version.Value.Stage).Contains(stage))
        {
            throw RegistryProblems.MoveRefused(version.Value, stage);
        }

        if (stage == ModelStage.Production)
        {
            await deployments.DeployAsync(head, version.Value.Sequence, operationId, note, cancellationToken);
        }
        else if (version.Value.Stage == ModelStage.Production)
        {
            await deployments.WithdrawAsync(head, operationId, note, cancellationToken);
        }
        else
        {
            ModelChange change = new(head, note, time);
            change.Move(version, stage);
            await records.CommitAsync(change, cancellationToken);
        }

        return version.Value with { Stage = stage };
    }

    // Several versions are in production: one of them may be given all, none may be taken out.
    private static async Task<ModelVersion> LeaveSplitAsync(
        Deployments deployments,
        Stored<RegisteredModel> head,
        Stored<ModelVersion> version,
        ModelStage stage,
        string operationId,
        ChangeNote note,
        CancellationToken cancellationToken)
    {
        if (stage != ModelStage.Production)
        {
            throw StageMoves.From(ModelStage.Production).Contains(stage)
                ? RegistryProblems.InUse(version.Value, $"{StageName.Of(stage)} while {TrafficUse.Of(head.Value, version.Value.Sequence)}; change the traffic first")
                : RegistryProblems.MoveRefused(version.Value, stage);
        }

        await deployments.DeployAsync(head, version.Value.Sequence, operationId, note, cancellationToken);
        return version.Value;
    }

    // What a move was judged by: when a write was lost, it may only be repeated upon the same.
    private readonly record struct Seen(int Sequence, ModelStage Stage, int DeploymentCount);
}
