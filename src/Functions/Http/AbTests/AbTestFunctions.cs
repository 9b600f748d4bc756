using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Tenancy;
using Trainyard.Domain.Traffic.AbTests;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Registry;

namespace Trainyard.Functions.Http.AbTests;

/// <summary><c>/api/v1/models/{id}/ab-tests</c>: versions of a model side by side, until it is known which is better.</summary>
public sealed class AbTestFunctions(AbTestService tests, IdempotencyLedger ledger)
{
    private const string Route = ModelFunctions.Route + "/{id}/ab-tests";

    /// <summary>Begins an A/B test: divides the traffic of a model among its variants. A caller stays with a variant by its <c>Traffic-Key</c>.</summary>
    [Function("StartAbTest")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<AbTestBody>(typeof(AbTestWire), """{"name": "second-try", "variants": [{"version": "v1", "percent": 50, "name": "control"}, {"version": "v2", "percent": 50}], "metric": {"kind": "correct"}, "guardrails": [{"kind": "error_share", "allowed_harm": 0.01}]}""")]
    [Idempotent]
    [Answers<AbTestView>(typeof(AbTestWire), StatusCodes.Status201Created)]
    [Refuses(ProblemKind.Malformed, "name_invalid", "ab_test_variants_invalid", "ab_test_setting_invalid", "traffic_percent_invalid", "traffic_sum_invalid", "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "ab_test_running", "ab_test_traffic_split", "ab_test_control_missing", "model_not_deployed", "model_changed_meanwhile", "deployment_schema_differs", "stage_transition_refused", "model_file_elsewhere", "operation_withdrawn")]
    public async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (AbTestBody body, string hash) = await JsonBody.ReadHashedAsync(request, AbTestWire.Default.AbTestBody, cancellationToken);
        ChangeNote note = RegistryRequest.Note(request, body.Reason);
        return await IdempotentRequest.RunAsync(
            ledger,
            request,
            RegistryRequest.Operation("start-ab-test", id),
            hash,
            async (operationId, token) =>
            {
                AbTest test = await tests.StartAsync(tenant, id, body.ToRequest(), operationId, note, token);
                return ApiResult.Created($"/{ModelFunctions.Route}/{test.ModelName}/ab-tests/{test.Id}", AbTestView.Of(test), AbTestWire.Default.AbTestView);
            },
            cancellationToken);
    }

    /// <summary>Lists the A/B tests of a model, newest first.</summary>
    [Function("ListAbTests")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Paged]
    [Answers<AbTestList>(typeof(AbTestWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        ResultPage<AbTest> page = await tests.ListAsync(RequestCaller.TenantOf(request), id, QueryParameters.Page(request), cancellationToken);
        return ApiResult.Ok(new AbTestList([.. page.Items.Select(AbTestView.Of)], page.Continuation), AbTestWire.Default.AbTestList);
    }

    /// <summary>Shows an A/B test: what is proven of each variant, and what should be done. It may be asked at any moment, as often as you like.</summary>
    [Function("GetAbTest")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answers<AbTestView>(typeof(AbTestWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "ab_test_not_found")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{testId}")] HttpRequest request,
        [Path("A model's id or name.", "fruit")] string id,
        [Path("A test.", "019b76da-a800-7123-8456-0123456789ab")] string testId,
        CancellationToken cancellationToken) =>
        ApiResult.Ok(AbTestView.Of(await tests.GetAsync(RequestCaller.TenantOf(request), id, ResourceName.Require(testId, "testId"), cancellationToken)), AbTestWire.Default.AbTestView);

    /// <summary>Ends an A/B test: the control has all traffic again.</summary>
    [Function("StopAbTest")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<AbTestNote>(typeof(AbTestWire), """{"reason": "as agreed"}""", IsOptional = true)]
    [Answers<AbTestView>(typeof(AbTestWire))]
    [Refuses(ProblemKind.Malformed, "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "ab_test_not_found")]
    [Refuses(ProblemKind.Conflict, "ab_test_over")]
    public async Task<IResult> StopAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{testId}/stop")] HttpRequest request,
        [Path("A model's id or name.", "fruit")] string id,
        [Path("A test.", "019b76da-a800-7123-8456-0123456789ab")] string testId,
        CancellationToken cancellationToken)
    {
        (AbTestNote body, _) = await JsonBody.ReadOptionalHashedAsync(request, AbTestWire.Default.AbTestNote, new AbTestNote(), cancellationToken);
        return Told(request, await tests.StopAsync(
            RequestCaller.TenantOf(request), id, ResourceName.Require(testId, "testId"), RegistryRequest.Note(request, body.Reason), cancellationToken));
    }

    /// <summary>Ends an A/B test by what it recommends, or by the variant that is named: that has all traffic from now on.</summary>
    [Function("ConcludeAbTest")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<AbTestConclusion>(typeof(AbTestWire), """{"variant": "v2", "reason": "as agreed"}""", IsOptional = true)]
    [Answers<AbTestView>(typeof(AbTestWire))]
    [Refuses(ProblemKind.Malformed, "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "ab_test_not_found")]
    [Refuses(ProblemKind.Conflict, "ab_test_over", "ab_test_undecided")]
    [Refuses(ProblemKind.Unprocessable, "ab_test_variant_unknown")]
    public async Task<IResult> ConcludeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{testId}/conclude")] HttpRequest request,
        [Path("A model's id or name.", "fruit")] string id,
        [Path("A test.", "019b76da-a800-7123-8456-0123456789ab")] string testId,
        CancellationToken cancellationToken)
    {
        (AbTestConclusion body, _) = await JsonBody.ReadOptionalHashedAsync(request, AbTestWire.Default.AbTestConclusion, new AbTestConclusion(), cancellationToken);
        return Told(request, await tests.ConcludeAsync(
            RequestCaller.TenantOf(request), id, ResourceName.Require(testId, "testId"), body.Variant, RegistryRequest.Note(request, body.Reason), cancellationToken));
    }

    private static ApiResult Told(HttpRequest request, AbTest test)
    {
        ApiResult result = ApiResult.Ok(AbTestView.Of(test), AbTestWire.Default.AbTestView);
        AuditNote.Of(request).After(result.Body);
        return result;
    }
}
