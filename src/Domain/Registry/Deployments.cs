using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry;

/// <summary>The deployments of one model. Each change is one commit of head, history, the asking operation and both versions.</summary>
internal sealed class Deployments(IDocumentStore documents, TimeProvider time, TenantId tenant, string name)
{
    private const string UndoSuffix = "-undo";

    private readonly string partition = RegistryKeys.Model(tenant, name);

    public async Task<Deployment> DeployOnceAsync(int sequence, string operationId, CancellationToken cancellationToken)
    {
        if (await PointerAsync(operationId, cancellationToken) is { } done)
        {
            return await FindAsync(done, cancellationToken) ?? throw RegistryProblems.Withdrawn(operationId);
        }

        Stored<RegisteredModel> head = await HeadAsync(cancellationToken);
        if (head.Value.DeployedSequence == sequence)
        {
            return await EntryAsync(head.Value.DeploymentCount, cancellationToken);
        }

        return await ChangeAsync(head, sequence, operationId, cancellationToken);
    }

    // Whatever it finds, it leaves a mark where the operation's own deployment would be written: an operation that is
    // under way while it is undone either came first and is taken back, or finds the mark.
    public async Task<Deployment?> UndoOnceAsync(string operationId, CancellationToken cancellationToken)
    {
        string undoId = operationId + UndoSuffix;
        if (await PointerAsync(undoId, cancellationToken) is { } done)
        {
            return await FindAsync(done, cancellationToken);
        }

        NumberPointer? pointer = await PointerAsync(operationId, cancellationToken);
        Stored<RegisteredModel> head = await HeadAsync(cancellationToken);
        if (pointer is not null && await FindAsync(pointer, cancellationToken) is { } made && made.Number == head.Value.DeploymentCount)
        {
            int? before = await StandingBeforeAsync(made, cancellationToken);
            if (before != made.Sequence)
            {
                return await ChangeAsync(head, before, undoId, cancellationToken);
            }
        }

        List<DocumentWrite> marks = [Mark(undoId)];
        if (pointer is null)
        {
            marks.Add(Mark(operationId));
        }

        await documents.CommitAsync(RegistryKeys.Collection, partition, marks, cancellationToken);
        return null;
    }

    private static DocumentWrite Mark(string operationId) =>
        JsonDocuments.Insert(RegistryKeys.Operation(operationId), NumberPointer.Nothing, RegistryJson.Default.NumberPointer);

    // What was deployed before, unless whoever deployed that was undone since: then what was deployed before it.
    private async Task<int?> StandingBeforeAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        Deployment earlier = deployment;
        while (earlier.Number > 1)
        {
            earlier = await EntryAsync(earlier.Number - 1, cancellationToken);
            if (await PointerAsync(earlier.OperationId + UndoSuffix, cancellationToken) is null)
            {
                return earlier.Sequence;
            }
        }

        return earlier.PreviousSequence;
    }

    private async Task<Deployment> ChangeAsync(Stored<RegisteredModel> head, int? sequence, string operationId, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        RegisteredModel model = head.Value;
        Deployment deployment = new(model.DeploymentCount + 1, sequence, model.DeployedSequence, operationId, now);
        List<DocumentWrite> writes =
        [
            JsonDocuments.Replace(
                RegistryKeys.Head,
                model with { DeployedSequence = sequence, DeploymentCount = deployment.Number, UpdatedAt = now },
                head.ETag,
                RegistryJson.Default.RegisteredModel),
            JsonDocuments.Insert(RegistryKeys.Deployment(deployment.Number), deployment, RegistryJson.Default.Deployment),
            JsonDocuments.Insert(RegistryKeys.Operation(operationId), new NumberPointer(deployment.Number), RegistryJson.Default.NumberPointer),
        ];
        if (sequence is { } deployed)
        {
            writes.Add(await MoveAsync(deployed, ModelStage.Production, cancellationToken));
        }

        if (model.DeployedSequence is { } replaced)
        {
            writes.Add(await MoveAsync(replaced, ModelStage.Archived, cancellationToken));
        }

        await documents.CommitAsync(RegistryKeys.Collection, partition, writes, cancellationToken);
        return deployment;
    }

    private async Task<DocumentWrite> MoveAsync(int sequence, ModelStage stage, CancellationToken cancellationToken)
    {
        string row = RegistryKeys.Version(sequence);
        Stored<ModelVersion> version = await documents.ReadAsync(RegistryKeys.Collection, partition, row, RegistryJson.Default.ModelVersion, cancellationToken)
            ?? throw RegistryProblems.VersionNotFound(name, ModelVersion.LabelOf(sequence));
        return JsonDocuments.Replace(row, version.Value with { Stage = stage }, version.ETag, RegistryJson.Default.ModelVersion);
    }

    private async Task<Stored<RegisteredModel>> HeadAsync(CancellationToken cancellationToken) =>
        await documents.ReadAsync(RegistryKeys.Collection, partition, RegistryKeys.Head, RegistryJson.Default.RegisteredModel, cancellationToken)
        ?? throw RegistryProblems.ModelNotFound(name);

    private async Task<NumberPointer?> PointerAsync(string operationId, CancellationToken cancellationToken) =>
        (await documents.ReadAsync(
            RegistryKeys.Collection, partition, RegistryKeys.Operation(operationId), RegistryJson.Default.NumberPointer, cancellationToken))?.Value;

    private async Task<Deployment?> FindAsync(NumberPointer pointer, CancellationToken cancellationToken) =>
        pointer == NumberPointer.Nothing ? null : await EntryAsync(pointer.Number, cancellationToken);

    private async Task<Deployment> EntryAsync(int number, CancellationToken cancellationToken) =>
        (await documents.ReadAsync(RegistryKeys.Collection, partition, RegistryKeys.Deployment(number), RegistryJson.Default.Deployment, cancellationToken))?.Value
        ?? throw new InvalidDataException($"Deployment {number} of model '{name}' is missing from its own history.");
}
