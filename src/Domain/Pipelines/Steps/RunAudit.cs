using System.Text.Json;
using Trainyard.Domain.Access;
using Trainyard.Domain.Audit;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Enters into the audit log what runs change in production by themselves. Each call may be repeated. Thread safe.</summary>
/// <param name="audit">The log.</param>
public sealed class RunAudit(AuditLog audit)
{
    /// <summary>Enters that a run deployed a version; nothing when somebody else had.</summary>
    public Task DeployedAsync(RunKey run, string modelName, Deployment deployment, CancellationToken cancellationToken) =>
        deployment.OperationId == run.RunId ? EnterAsync(run, "DeployVersion", modelName, deployment, cancellationToken) : Task.CompletedTask;

    /// <summary>Enters that a run's deployment was taken back.</summary>
    public Task UndoneAsync(RunKey run, string modelName, Deployment deployment, CancellationToken cancellationToken) =>
        EnterAsync(run, "UndoDeployment", modelName, deployment, cancellationToken);

    // Named and dated by the deployment, so that a step taken twice enters the same.
    private Task EnterAsync(RunKey run, string action, string modelName, Deployment deployment, CancellationToken cancellationToken) => audit.RecordAsync(
        RunBook.Tenant(run),
        new AuditEntry
        {
            Id = $"{run.RunId}-{action}",
            At = deployment.DeployedAt,
            ActorKind = CallerKind.Run,
            Actor = run.RunId,
            Action = action,
            Target = $"model://{modelName}",
            TraceId = run.InstanceId,
            Outcome = AuditLog.Done,
            EndedAt = deployment.DeployedAt,
            Before = State(deployment.PreviousSequence),
            After = State(deployment.Sequence),
        },
        cancellationToken);

    private static JsonElement? State(int? sequence) =>
        sequence is { } deployed ? JsonElement.Parse($$"""{"deployed":"{{ModelVersion.LabelOf(deployed)}}"}""") : null;
}
