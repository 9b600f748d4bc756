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
        if (await FindAsync(operationId, cancellationToken) is { } done)
        {
            return done;
        }

        Stored<RegisteredModel> head = await HeadAsync(cancellationToken);
        if (head.Value.DeployedSequence == sequence)
        {
            return await EntryAsync(head.Value.DeploymentCount, cancellationToken);
        }

        return await ChangeAsync(head, sequence, operationId, cancellationToken);
    }

    public async Task<Deployment?> UndoOnceAsync(string operationId, CancellationToken cancellationToken)
    {
        string undoId = operationId + UndoSuffix;
        if (await FindAsync(undoId, cancellationToken) is { } done)
        {
            return done;
        }

        Deployment? made = await FindAsync(operationId, cancellationToken);
        Stored<RegisteredModel> head = await HeadAsync(cancellationToken);
        bool stands = made is not null && made.Number == head.Value.DeploymentCount;
        return stands ? await ChangeAsync(head, made!.PreviousSequence, undoId, cancellationToken) : null;
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

    private async Task<Deployment?> FindAsync(string operationId, CancellationToken cancellationToken)
    {
        Stored<NumberPointer>? pointer = await documents.ReadAsync(
            RegistryKeys.Collection, partition, RegistryKeys.Operation(operationId), RegistryJson.Default.NumberPointer, cancellationToken);
        return pointer is null ? null : await EntryAsync(pointer.Value.Number, cancellationToken);
    }

    private async Task<Deployment> EntryAsync(int number, CancellationToken cancellationToken) =>
        (await documents.ReadAsync(RegistryKeys.Collection, partition, RegistryKeys.Deployment(number), RegistryJson.Default.Deployment, cancellationToken))?.Value
        ?? throw new InvalidDataException($"Deployment {number} of model '{name}' is missing from its own history.");
}
