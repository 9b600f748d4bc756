using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Audit;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Paging;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Audit;

/// <summary><c>/api/v1/audit</c>: who changed what.</summary>
public sealed class AuditFunctions(AuditLog audit)
{
    /// <summary>Lists changes, newest first; <c>from</c> (inclusive) and <c>to</c> (exclusive) bound the time.</summary>
    [Function("ListAudit")]
    [Operation(Scopes.Admin, LimitClass.Read)]
    [Query("from", "The earliest moment, itself included.", Type = typeof(DateTimeOffset), Example = "2026-01-01T00:00:00Z")]
    [Query("to", "The latest moment, itself not included.", Type = typeof(DateTimeOffset), Example = "2100-01-01T00:00:00Z")]
    [Paged]
    [Answers<ResultPage<AuditEntry>>(typeof(AuditWire))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/audit")] HttpRequest request, CancellationToken cancellationToken)
    {
        ResultPage<AuditEntry> page = await audit.ListAsync(
            RequestCaller.TenantOf(request), QueryParameters.Moment(request, "from"), QueryParameters.Moment(request, "to"), QueryParameters.Page(request), cancellationToken);
        return ApiResult.Ok(page, AuditWire.Default.ResultPageAuditEntry);
    }
}
