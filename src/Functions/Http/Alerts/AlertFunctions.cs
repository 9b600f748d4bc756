using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Alerts;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Paging;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Alerts;

/// <summary>Alerts over HTTP.</summary>
/// <param name="alerts">Where they are.</param>
public sealed class AlertFunctions(AlertLog alerts)
{
    /// <summary>A page of alerts, newest first.</summary>
    [Function("ListAlerts")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Paged]
    [Answers<ResultPage<Alert>>(typeof(AlertWire))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/alerts")] HttpRequest request, CancellationToken cancellationToken) =>
        ApiResult.Ok(await alerts.ListAsync(RequestCaller.TenantOf(request), QueryParameters.Page(request), cancellationToken), AlertWire.Default.ResultPageAlert);
}
