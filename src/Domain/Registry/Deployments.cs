using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Storage;
using Trainyard.Domain.Registry.Traffic;

namespace Trainyard.Domain.Registry;

/// <summary>The deployments of one model. Each change is one commit of head, history, the asking operation and every version whose stage changes.</summary>
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

    /// <summary>Gives a version all traffic, whatever it reads, upon a head that was read.</summary>
    public async Task<Deployment> DeployAsync(
        Stored<RegisteredModel> head, int sequence, string operationId, ChangeNote note, CancellationToken cancellationToken) =>
        head.Value is { Traffic.IsSplit: false } model && model.DeployedSequence == sequence
            ? await records.DeploymentAsync(model.DeploymentCount, cancellationToken)
            : await ChangeAsync(head, TrafficStep.To(head.Value, sequence, DeploymentStrategy.Immediate) with { AllowsOtherSchema = true }, operationId, note, cancellationToken);

    /// <summary>Withdraws what is deployed, upon a head that was read.</summary>
    public Task<Deployment> WithdrawAsync(Stored<RegisteredModel> head, string operationId, ChangeNote note, CancellationToken cancellationToken) =>
        ChangeAsync(head, TrafficStep.To(head.Value, sequence: null, DeploymentStrategy.Immediate), operationId, note, cancellationToken);

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
            Deployment? before = await StandingBeforeAsync(made, cancellationToken);
            if (before?.Sequence != made.Sequence)
            {
                return await ChangeAsync(head, await BackToAsync(head.Value, before, cancellationToken), undoId, note, cancellationToken);
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

    /// <summary>The step back to what was in production before what is deployed; null when there is nothing.</summary>
    public async Task<TrafficStep?> BackAsync(RegisteredModel model, CancellationToken cancellationToken)
    {
        Deployment? before = model.DeploymentCount == 0
            ? null
            : await ProductionBeforeAsync(await records.DeploymentAsync(model.DeploymentCount, cancellationToken), cancellationToken);
        return before is null ? null : await BackToAsync(model, before, cancellationToken);
    }

    private async Task<TrafficStep> BackToAsync(RegisteredModel model, Deployment? to, CancellationToken cancellationToken) =>
        TrafficStep.To(model, to?.Sequence, DeploymentStrategy.Rollback) with
        {
            AllowsOtherSchema = true,
            BackTo = to,
            PreviousOfBack = to is null ? null : (await ProductionBeforeAsync(to, cancellationToken))?.Sequence,
        };

    // The last deployment before one that had another version in production, one that can be deployed still.
    private async Task<Deployment?> ProductionBeforeAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        Deployment? before = deployment;
        do
        {
            before = await StandingBeforeAsync(before, cancellationToken);
        }
        while (before is not null && (before.Sequence is null || before.Sequence == deployment.Sequence));
        return before;
    }

    /// <summary>Takes a step upon a head that was read.</summary>
    /// <exception cref="Problems.ProblemException">
    /// <c>model_version_not_found</c>, <c>model_version_deleted</c>, <c>stage_transition_refused</c>, <c>model_file_elsewhere</c>, <c>deployment_schema_differs</c>.
    /// </exception>
    public async Task<Deployment> ChangeAsync(
        Stored<RegisteredModel> head, TrafficStep step, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        ModelChange change = new(head, note, time);
        RegisteredModel model = head.Value;
        Deployment deployment = new(model.DeploymentCount + 1, step.Sequence, model.DeployedSequence, operationId, change.At)
        {
            Traffic = step.Plan,
            Strategy = step.Strategy,
            ReturnsTo = await ReturnsToAsync(model, step, cancellationToken),
        };
        change.Model = change.Model with
        {
            DeployedSequence = step.Sequence,
            DeploymentCount = deployment.Number,
            Traffic = step.Plan,
            PreviousSequence = Previous(model, step),
        };
        change.Add(JsonDocuments.Insert(RegistryKeys.Deployment(deployment.Number), deployment, RegistryJson.Default.Deployment));
        change.Add(JsonDocuments.Insert(RegistryKeys.Operation(operationId), new NumberPointer(deployment.Number), RegistryJson.Default.NumberPointer));
        await new StageChanges(records, model, step).ApplyAsync(change, deployment, cancellationToken);
        Record(change, model, deployment);
        await records.CommitAsync(change, cancellationToken);
        return deployment;
    }

    private static void Record(ModelChange change, RegisteredModel before, Deployment deployment)
    {
        if (deployment.Sequence == before.DeployedSequence)
        {
            change.Record(ModelEventKind.TrafficChanged, deployment.Sequence, TrafficText.Of(before), TrafficText.Of(change.Model));
            return;
        }

        ModelEventKind kind = deployment.Sequence is null ? ModelEventKind.Withdrawn : ModelEventKind.Deployed;
        change.Record(kind, deployment.Sequence ?? before.DeployedSequence, TrafficText.Of(before), TrafficText.Of(change.Model));
        change.Point(AliasName.Production, deployment.Sequence);
    }

    private static int? Previous(RegisteredModel model, TrafficStep step) =>
        step.BackTo is not null ? step.PreviousOfBack
        : step.Sequence == model.DeployedSequence ? model.PreviousSequence
        : model.DeployedSequence ?? model.PreviousSequence;

    // A stack: what comes new is put upon what is there, who goes back takes off what lies above.
    private async Task<int> ReturnsToAsync(RegisteredModel model, TrafficStep step, CancellationToken cancellationToken) =>
        step.BackTo is { } back ? back.Before
        : step.Sequence != model.DeployedSequence || model.DeploymentCount == 0 ? model.DeploymentCount
        : (await records.DeploymentAsync(model.DeploymentCount, cancellationToken)).Before;

    private static DocumentWrite Mark(string operationId) =>
        JsonDocuments.Insert(RegistryKeys.Operation(operationId), NumberPointer.Nothing, RegistryJson.Default.NumberPointer);

    // What was deployed before, unless whoever deployed that was undone since: then what was deployed before it. What was
    // deleted in between, or found unfit, does not come back either.
    private async Task<Deployment?> StandingBeforeAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        for (int number = deployment.Before; number > 0;)
        {
            Deployment earlier = await records.DeploymentAsync(number, cancellationToken);
            if (await PointerAsync(earlier.OperationId + UndoSuffix, cancellationToken) is null && await IsFitAsync(earlier.Sequence, cancellationToken))
            {
                return earlier;
            }

            number = earlier.Before;
        }

        return null;
    }

    private async Task<bool> IsFitAsync(int? sequence, CancellationToken cancellationToken) =>
        sequence is not { } deployed || await records.FindVersionAsync(deployed, cancellationToken) is { Value: { Deletion: null, Stage: not ModelStage.Draft } };

    private Task<NumberPointer?> PointerAsync(string operationId, CancellationToken cancellationToken) =>
        records.PointerAsync(RegistryKeys.Operation(operationId), cancellationToken);

    private async Task<Deployment?> FindAsync(NumberPointer pointer, CancellationToken cancellationToken) =>
        pointer == NumberPointer.Nothing ? null : await records.DeploymentAsync(pointer.Number, cancellationToken);
}
