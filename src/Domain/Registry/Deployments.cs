using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Storage;

namespace Trainyard.Domain.Registry;

/// <summary>The deployments of one model. Each change is one commit of head, history, the asking operation and both versions.</summary>
internal sealed class Deployments(ModelRecords records, TimeProvider time)
{
    private const string UndoSuffix = "-undo";

    public async Task<Deployment> DeployOnceAsync(int sequence, string operationId, ChangeNote note, CancellationToken cancellationToken) =>
        await DoneAsync(operationId, cancellationToken)
        ?? await DeployAsync(await records.HeadAsync(cancellationToken), sequence, operationId, note, cancellationToken);

    /// <summary>What an operation deployed already; null when nothing.</summary>
    /// <exception cref="Problems.ProblemException"><c>operation_withdrawn</c>.</exception>
    public async Task<Deployment?> DoneAsync(string operationId, CancellationToken cancellationToken) =>
        await PointerAsync(operationId, cancellationToken) is not { } done ? null
        : await FindAsync(done, cancellationToken) ?? throw RegistryProblems.Withdrawn(operationId);

    /// <summary>Deploys upon a head that was read.</summary>
    public async Task<Deployment> DeployAsync(
        Stored<RegisteredModel> head, int sequence, string operationId, ChangeNote note, CancellationToken cancellationToken) =>
        head.Value.DeployedSequence == sequence
            ? await records.DeploymentAsync(head.Value.DeploymentCount, cancellationToken)
            : await ChangeAsync(head, sequence, operationId, note, cancellationToken);

    /// <summary>Withdraws what is deployed, upon a head that was read.</summary>
    public Task<Deployment> WithdrawAsync(Stored<RegisteredModel> head, string operationId, ChangeNote note, CancellationToken cancellationToken) =>
        ChangeAsync(head, sequence: null, operationId, note, cancellationToken);

    // Whatever it finds, it leaves a mark where the operation's own deployment would be written: an operation that is
    // under way while it is undone either came first and is taken back, or finds the mark.
    public async Task<Deployment?> UndoOnceAsync(string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        string undoId = operationId + UndoSuffix;
        if (await PointerAsync(undoId, cancellationToken) is { } done)
        {
            return await FindAsync(done, cancellationToken);
        }

        NumberPointer? pointer = await PointerAsync(operationId, cancellationToken);
        Stored<RegisteredModel> head = await records.FindHeadAsync(cancellationToken) ?? throw RegistryProblems.ModelNotFound(records.Name);
        if (pointer is not null && await FindAsync(pointer, cancellationToken) is { } made && made.Number == head.Value.DeploymentCount)
        {
            int? before = await StandingBeforeAsync(made, cancellationToken);
            if (before != made.Sequence)
            {
                return await ChangeAsync(head, before, undoId, note, cancellationToken);
            }
        }

        List<DocumentWrite> marks = [Mark(undoId)];
        if (pointer is null)
        {
            marks.Add(Mark(operationId));
        }

        await records.CommitAsync(marks, cancellationToken);
        return null;
    }

    private static DocumentWrite Mark(string operationId) =>
        JsonDocuments.Insert(RegistryKeys.Operation(operationId), NumberPointer.Nothing, RegistryJson.Default.NumberPointer);

    // What was deployed before, unless whoever deployed that was undone since: then what was deployed before it. What was
    // deleted in between, or found unfit, does not come back either.
    private async Task<int?> StandingBeforeAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        Deployment earlier = deployment;
        while (earlier.Number > 1)
        {
            earlier = await records.DeploymentAsync(earlier.Number - 1, cancellationToken);
            if (await PointerAsync(earlier.OperationId + UndoSuffix, cancellationToken) is null && await IsFitAsync(earlier.Sequence, cancellationToken))
            {
                return earlier.Sequence;
            }
        }

        return null;
    }

    private async Task<bool> IsFitAsync(int? sequence, CancellationToken cancellationToken) =>
        sequence is not { } deployed || await records.FindVersionAsync(deployed, cancellationToken) is { Value: { Deletion: null, Stage: not ModelStage.Draft } };

    private async Task<Deployment> ChangeAsync(
        Stored<RegisteredModel> head, int? sequence, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        ModelChange change = new(head, note, time);
        int? before = head.Value.DeployedSequence;
        Deployment deployment = new(head.Value.DeploymentCount + 1, sequence, before, operationId, change.At);
        change.Model = change.Model with { DeployedSequence = sequence, DeploymentCount = deployment.Number };
        change.Add(JsonDocuments.Insert(RegistryKeys.Deployment(deployment.Number), deployment, RegistryJson.Default.Deployment));
        change.Add(JsonDocuments.Insert(RegistryKeys.Operation(operationId), new NumberPointer(deployment.Number), RegistryJson.Default.NumberPointer));
        if (before is { } replaced)
        {
            change.Move(await records.VersionAsync(replaced, cancellationToken), ModelStage.Archived);
        }

        if (sequence is { } deployed)
        {
            Stored<ModelVersion> version = await records.VersionAsync(deployed, cancellationToken);
            change.Move(RequireFit(version), ModelStage.Production);
        }

        ModelEventKind kind = sequence is null ? ModelEventKind.Withdrawn : ModelEventKind.Deployed;
        change.Record(kind, sequence ?? before, Label(before), Label(sequence));
        change.Point(AliasName.Production, sequence);
        await records.CommitAsync(change, cancellationToken);
        return deployment;
    }

    private static Stored<ModelVersion> RequireFit(Stored<ModelVersion> version) =>
        version.Value.Stage == ModelStage.Draft ? throw RegistryProblems.MoveRefused(version.Value, ModelStage.Production)
        : version.Value.Artifact == ModelArtifact.Elsewhere ? throw RegistryProblems.FileElsewhere(version.Value)
        : version;

    private static string? Label(int? sequence) => sequence is { } number ? ModelVersion.LabelOf(number) : null;

    private Task<NumberPointer?> PointerAsync(string operationId, CancellationToken cancellationToken) =>
        records.PointerAsync(RegistryKeys.Operation(operationId), cancellationToken);

    private async Task<Deployment?> FindAsync(NumberPointer pointer, CancellationToken cancellationToken) =>
        pointer == NumberPointer.Nothing ? null : await records.DeploymentAsync(pointer.Number, cancellationToken);
}
