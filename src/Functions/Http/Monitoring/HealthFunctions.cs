using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Monitoring;

/// <summary><c>/health</c>: is the process alive; <c>/health/ready</c>: can it work.</summary>
public sealed class HealthFunctions(Readiness readiness)
{
    /// <summary>Answers as long as the process does.</summary>
    [Function("Health")]
    [Operation(Scopes.None, LimitClass.Read)]
    [Answers<HealthView>(typeof(HealthJson))]
    public IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ApiResult.Ok(new HealthView("healthy", PlatformVersion.Full), HealthJson.Default.HealthView);
    }

    /// <summary>The same, where callers of <c>/api/v1/ml</c> look for it.</summary>
    [Function("MlHealth")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answers<HealthView>(typeof(HealthJson))]
    public IResult LiveMl([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/ml/health")] HttpRequest request) => Live(request);

    /// <summary>Answers when storage, queues and the durable engine do, and says how long each took; and once the models are loaded that are to be loaded ahead.</summary>
    [Function("HealthReady")]
    [Operation(Scopes.None, LimitClass.Read)]
    [Answers<ReadyView>(typeof(HealthJson))]
    [Refuses(ProblemKind.Unavailable, "store_unreachable", "engine_unreachable", "models_loading")]
    public async Task<IResult> ReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request,
        [DurableClient] DurableTaskClient orchestrations,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<ReadyCheck> checks = await readiness.CheckAsync(orchestrations, cancellationToken);
        return ApiResult.Ok(new ReadyView("ready", PlatformVersion.Full, checks), HealthJson.Default.ReadyView);
    }
}
