using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Configuration;

/// <summary>All middleware of the platform, the outermost first, as one: hosts look each up anew for every invocation.</summary>
internal sealed class TrainyardMiddleware(TelemetryMiddleware telemetry, ProblemMiddleware problems, AccessMiddleware access, AuditMiddleware audit) : IFunctionsWorkerMiddleware
{
    // That of the last invocation; hosts call the same function delegate for all.
    private Chain? composed;

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        Chain? chain = Volatile.Read(ref composed);
        if (chain is null || !ReferenceEquals(chain.Next, next))
        {
            chain = Compose(next);
            Volatile.Write(ref composed, chain);
        }

        return chain.First(context);
    }

    private Chain Compose(FunctionExecutionDelegate next)
    {
        FunctionExecutionDelegate audited = context => audit.Invoke(context, next);
        FunctionExecutionDelegate admitted = context => access.Invoke(context, audited);
        FunctionExecutionDelegate answered = context => problems.Invoke(context, admitted);
        return new Chain(next, context => telemetry.Invoke(context, answered));
    }

    private sealed record Chain(FunctionExecutionDelegate Next, FunctionExecutionDelegate First);
}
