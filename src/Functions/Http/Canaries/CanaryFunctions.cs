using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Registry;
using Trainyard.Functions.Orchestrations;

namespace Trainyard.Functions.Http.Canaries;

/// <summary><c>/api/v1/models/{id}/canary</c>: how a new version's way into production stands, and what to do with it. <c>POST …/deploy</c> with the strategy <c>canary</c> begins one.</summary>
public sealed class CanaryFunctions(CanaryService canaries)
{
    private const string Route = ModelFunctions.Route + "/{id}/canary";

    /// <summary>Shows the last canary of a model: its step, what is seen, and every decision with its evidence.</summary>
    [Function("GetModelCanary")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answers<CanaryView>(typeof(CanaryWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "canary_not_found")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        (Canary canary, CanaryEvidence? evidence) = await canaries.GetAsync(RequestCaller.TenantOf(request), id, cancellationToken);
        return ApiResult.Ok(CanaryMapping.View(canary, evidence), CanaryWire.Default.CanaryView);
    }

    /// <summary>Keeps the canary of a model at its step until it is resumed; harm still ends it.</summary>
    [Function("PauseModelCanary")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<CanaryNote>(typeof(CanaryWire), """{"reason": "as agreed"}""", IsOptional = true)]
    [Answers<CanaryView>(typeof(CanaryWire))]
    [Refuses(ProblemKind.Malformed, "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "canary_not_found")]
    [Refuses(ProblemKind.Conflict, "canary_over")]
    public Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/pause")] HttpRequest request,
        [Path("A model's id or name.", "fruit")] string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => CommandAsync(request, id, CanaryCommand.Pause, client, cancellationToken);

    /// <summary>Lets a paused canary go on.</summary>
    [Function("ResumeModelCanary")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<CanaryNote>(typeof(CanaryWire), """{"reason": "as agreed"}""", IsOptional = true)]
    [Answers<CanaryView>(typeof(CanaryWire))]
    [Refuses(ProblemKind.Malformed, "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "canary_not_found")]
    [Refuses(ProblemKind.Conflict, "canary_over")]
    public Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/resume")] HttpRequest request,
        [Path("A model's id or name.", "fruit")] string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => CommandAsync(request, id, CanaryCommand.Resume, client, cancellationToken);

    /// <summary>Gives the new version of a canary all traffic now.</summary>
    [Function("PromoteModelCanary")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<CanaryNote>(typeof(CanaryWire), """{"reason": "as agreed"}""", IsOptional = true)]
    [Answers<CanaryView>(typeof(CanaryWire))]
    [Refuses(ProblemKind.Malformed, "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "canary_not_found")]
    [Refuses(ProblemKind.Conflict, "canary_over")]
    public Task<IResult> PromoteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/promote")] HttpRequest request,
        [Path("A model's id or name.", "fruit")] string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => CommandAsync(request, id, CanaryCommand.Promote, client, cancellationToken);

    /// <summary>Ends the canary of a model: the version that was in production has all traffic again.</summary>
    [Function("AbortModelCanary")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<CanaryNote>(typeof(CanaryWire), """{"reason": "as agreed"}""", IsOptional = true)]
    [Answers<CanaryView>(typeof(CanaryWire))]
    [Refuses(ProblemKind.Malformed, "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "canary_not_found")]
    [Refuses(ProblemKind.Conflict, "canary_over")]
    public Task<IResult> AbortAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/abort")] HttpRequest request,
        [Path("A model's id or name.", "fruit")] string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => CommandAsync(request, id, CanaryCommand.Abort, client, cancellationToken);

    private async Task<IResult> CommandAsync(HttpRequest request, string id, CanaryCommand command, DurableTaskClient client, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (CanaryNote body, _) = await JsonBody.ReadOptionalHashedAsync(request, CanaryWire.Default.CanaryNote, new CanaryNote(), cancellationToken);
        Canary canary = await canaries.CommandAsync(
            tenant, id, command, RegistryRequest.Note(request, body.Reason), new DurableCanaryOrchestrations(client), cancellationToken);
        ApiResult result = ApiResult.Ok(CanaryMapping.View(canary, evidence: null), CanaryWire.Default.CanaryView);
        AuditNote.Of(request).After(result.Body);
        return result;
    }
}
