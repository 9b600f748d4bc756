using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Registry;

namespace Trainyard.Functions.Http.PredictionLogs;

/// <summary><c>/api/v1/models/{id}/personal-columns</c>: which columns the prediction log hashes.</summary>
public sealed class PersonalColumnFunctions(ModelRegistry registry, PersonalColumns personal)
{
    private const string Route = ModelFunctions.Route + "/{id}/personal-columns";

    /// <summary>Shows which columns of a model hold personal data.</summary>
    [Function("GetPersonalColumns")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answers<PersonalColumnsView>(typeof(PersonalColumnsWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken) =>
        Show(await registry.GetHeadAsync(RequestCaller.TenantOf(request), id, cancellationToken));

    /// <summary>Says which columns of a model, inputs or target, hold personal data; all others do not. From then on the log of predictions has hashes of them.</summary>
    [Function("SetPersonalColumns")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<PersonalColumnsRequest>(typeof(PersonalColumnsWire), """{"personal_columns": ["colour"], "reason": "tells who bought"}""")]
    [Answers<PersonalColumnsView>(typeof(PersonalColumnsWire))]
    [Refuses(ProblemKind.Malformed, "personal_columns_invalid", "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    [Refuses(ProblemKind.Unprocessable, "personal_column_unknown")]
    public async Task<IResult> SetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        PersonalColumnsRequest body = await JsonBody.ReadAsync(request, PersonalColumnsWire.Default.PersonalColumnsRequest, cancellationToken);
        ApiResult result = Show(await personal.SetAsync(tenant, id, body.PersonalColumns, RegistryRequest.Note(request, body.Reason), cancellationToken));
        AuditNote.Of(request).After(result.Body);
        return result;
    }

    private static ApiResult Show(RegisteredModel model) =>
        ApiResult.Ok(new PersonalColumnsView(model.Name, model.PersonalColumns), PersonalColumnsWire.Default.PersonalColumnsView);
}
