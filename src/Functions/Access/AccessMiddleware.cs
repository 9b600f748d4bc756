using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;

namespace Trainyard.Functions.Access;

/// <summary>Lets nobody to an HTTP function who may not, or asks too often. Functions find who it is by <see cref="RequestCaller"/>.</summary>
internal sealed class AccessMiddleware(Operations operations, Authenticator authenticator, RequestLimits limits) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http || operations[context.FunctionDefinition.Name] is not { Scope: not Scopes.None } operation)
        {
            return next(context);
        }

        // Mostly the caller is in memory, and nothing is waited for.
        ValueTask admission = AdmitAsync(http, operation, context.CancellationToken);
        return admission.IsCompletedSuccessfully ? next(context) : InvokeAsync(admission, context, next);
    }

    private static async Task InvokeAsync(ValueTask admission, FunctionContext context, FunctionExecutionDelegate next)
    {
        await admission;
        await next(context);
    }

    private async ValueTask AdmitAsync(HttpContext http, OperationAttribute operation, CancellationToken cancellationToken)
    {
        Caller caller = await authenticator.AuthenticateAsync(http.Request, cancellationToken);
        RequestCaller.Set(http, caller);
        if (limits.Admit(caller, operation.Limit) is { } decision)
        {
            RateHeaders.Remember(http, decision);
            RateHeaders.Write(http);
            if (!decision.IsAllowed)
            {
                throw new ProblemException(new Problem(
                    ProblemKind.Throttled, "rate_limited", $"More requests of this kind than the {decision.Limit} that may come at once; slow down, or ask for a higher limit.")
                {
                    RetryAfter = decision.RetryAfter,
                });
            }
        }

        if (!caller.May(operation.Scope))
        {
            throw AccessProblems.ScopeMissing(operation.Scope);
        }
    }
}
