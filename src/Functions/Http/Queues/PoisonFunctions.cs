using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Messages;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Queues;

/// <summary><c>/api/v1/queues/{queue}/poison</c>: messages that could not be handled.</summary>
/// <param name="messages">Finds and sends them.</param>
public sealed class PoisonFunctions(PoisonMessages messages)
{
    private const string Route = "api/v1/queues/{queue}/poison";
    private const string QueueText = "`pipeline-triggers`, `training-requests`, `prediction-requests`, `feedback` or `alerts`.";

    /// <summary>Lists the oldest messages that could not be handled: the caller's among the 32 oldest of all.</summary>
    [Function("ListPoisonMessages")]
    [Operation(Scopes.Admin, LimitClass.Read)]
    [Answers<PoisonList>(typeof(QueueWire))]
    [Refuses(ProblemKind.NotFound, "queue_not_found")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, [Path(QueueText, "alerts")] string queue, CancellationToken cancellationToken)
    {
        IReadOnlyList<WaitingMessage> found = await messages.ListAsync(RequestCaller.TenantOf(request), queue, cancellationToken);
        return ApiResult.Ok(new PoisonList([.. found.Select(message => new PoisonView(message.Id, message.SentAt, message.Text))]), QueueWire.Default.PoisonList);
    }

    /// <summary>Sends messages to their queue again: those with the ids that are given, or all. Each is handled once, be it sent twice.</summary>
    [Function("ReplayPoisonMessages")]
    [Operation(Scopes.Admin, LimitClass.Write)]
    [Takes<ReplayRequest>(typeof(QueueWire), """{"ids": ["7"]}""", IsOptional = true)]
    [Answers<ReplayAnswer>(typeof(QueueWire))]
    [Refuses(ProblemKind.NotFound, "queue_not_found")]
    public async Task<IResult> ReplayAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/replay")] HttpRequest request, [Path(QueueText, "alerts")] string queue, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (ReplayRequest body, _) = await JsonBody.ReadOptionalHashedAsync(request, QueueWire.Default.ReplayRequest, new ReplayRequest(), cancellationToken);
        ApiResult result = ApiResult.Ok(new ReplayAnswer(await messages.ReplayAsync(tenant, queue, body.Ids?.ToHashSet(StringComparer.Ordinal), cancellationToken)), QueueWire.Default.ReplayAnswer);
        AuditNote.Of(request).After(result.Body);
        return result;
    }

    /// <summary>Deletes a message that could not be handled; one that is not there stays so.</summary>
    [Function("DeletePoisonMessage")]
    [Operation(Scopes.Admin, LimitClass.Write)]
    [Answer(StatusCodes.Status204NoContent)]
    [Refuses(ProblemKind.NotFound, "queue_not_found")]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/{message}")] HttpRequest request,
        [Path(QueueText, "alerts")] string queue,
        [Path("The message's id.", "7")] string message,
        CancellationToken cancellationToken)
    {
        await messages.DeleteAsync(RequestCaller.TenantOf(request), queue, [message], cancellationToken);
        return Results.NoContent();
    }
}
