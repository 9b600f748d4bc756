using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Access;
using Trainyard.Domain.Audit;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Redaction;
using Trainyard.Functions.Access;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Http.Audit;

/// <summary>Enters every change that is asked for over HTTP into the audit log. Functions add what was before and after by <see cref="AuditNote"/>.</summary>
internal sealed partial class AuditMiddleware(Operations operations, AuditLog audit, ILogger<AuditMiddleware> log) : IFunctionsWorkerMiddleware
{
    private const int MaxTargetLength = 512;
    private const string Failed = "unexpected";

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.GetHttpContext() is { } http && operations[context.FunctionDefinition.Name].IsChange ? AuditAsync(context, http, next) : next(context);

    private async Task AuditAsync(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
    {
        Caller caller = RequestCaller.Of(http.Request);
        AuditNote note = new();
        http.Features.Set(note);
        string outcome = Failed;
        Stored<AuditEntry> entry = await audit.BeginAsync(caller, context.FunctionDefinition.Name, TargetOf(http.Request), InvocationScope.Current?.CorrelationId ?? context.InvocationId, context.CancellationToken);
        try
        {
            await next(context);
            outcome = AuditLog.Done;
        }
        catch (Exception refused)
        {
            outcome = ProblemMapping.TryMap(refused)?.Code ?? Failed;
            throw;
        }
        finally
        {
            await EndAsync(caller, entry, outcome, note);
        }
    }

    private static string TargetOf(HttpRequest request)
    {
        string target = Redactor.Clean(request.Path.ToUriComponent() + request.QueryString);
        return target.Length > MaxTargetLength ? target[..MaxTargetLength] : target;
    }

    // Not with the request's own token: a caller who hangs up must not leave his change without its outcome.
    private async Task EndAsync(Caller caller, Stored<AuditEntry> entry, string outcome, AuditNote note)
    {
        try
        {
            await audit.EndAsync(caller.Tenant, entry, outcome, note.StateBefore, note.StateAfter, CancellationToken.None);
        }
        catch (Exception failure)
        {
            // The change is made or refused already; its entry stays without an outcome, which says as much.
            LogIncomplete(failure, entry.Value.Id, outcome);
        }
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Error, Message = "Audit entry {Entry} stays without its outcome {Outcome}")]
    private partial void LogIncomplete(Exception failure, string entry, string outcome);
}
