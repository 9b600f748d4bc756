using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;

namespace Trainyard.Functions.Access;

/// <summary>Lets nobody to an HTTP function who may not, or asks too often. Functions find who it is by <see cref="RequestCaller"/>.</summary>
internal sealed class AccessMiddleware(Operations operations, Authenticator authenticator, RequestLimits limits, TimeProvider time) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http || operations[context.FunctionDefinition.Name] is not { Scope: not Scopes.None } operation)
        {
            return next(context);
        }

        // Mostly the caller is in memory, and nothing is waited for.
        long now = time.GetTimestamp();
        ValueTask<Caller> caller = authenticator.AuthenticateAsync(http.Request, now, context.CancellationToken);
        if (!caller.IsCompletedSuccessfully)
        {
            return InvokeAsync(caller, http, operation, context, next);
        }

        Admit(caller.Result, http, operation, now);
        return next(context);
    }

    private async Task InvokeAsync(ValueTask<Caller> caller, HttpContext http, OperationAttribute operation, FunctionContext context, FunctionExecutionDelegate next)
    {
        Admit(await caller, http, operation, time.GetTimestamp());
        await next(context);
    }

    private void Admit(Caller caller, HttpContext http, OperationAttribute operation, long now)
    {
        RequestCaller.Set(http, caller);
        if (limits.Admit(caller, operation.Limit, now) is { } decision)
        {
            RateHeaders.Write(http.Response.Headers, decision);
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
