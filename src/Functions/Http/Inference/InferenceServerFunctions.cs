using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Monitoring;

namespace Trainyard.Functions.Http.Inference;

/// <summary><c>/v2</c> and <c>/v2/health</c>: the server by the Open Inference Protocol.</summary>
public sealed class InferenceServerFunctions(Readiness readiness)
{
    /// <summary>Says what answers here.</summary>
    [Function("InferenceServer")]
    [Operation(Scopes.None, LimitClass.Read)]
    [Answers<ServerMetadata>(typeof(InferenceWire))]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = InferencePath.Route)] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ApiResult.Ok(new ServerMetadata("trainyard", PlatformVersion.Text, []), InferenceWire.Default.ServerMetadata);
    }

    /// <summary>Answers as long as the process does.</summary>
    [Function("InferenceLive")]
    [Operation(Scopes.None, LimitClass.Read)]
    [Answers<ServerState>(typeof(InferenceWire))]
    public IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = InferencePath.Route + "/health/live")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ApiResult.Ok(new ServerState(Live: true), InferenceWire.Default.ServerState);
    }

    /// <summary>Answers when storage, queues and the durable engine do, and the models are loaded that are to be loaded ahead.</summary>
    [Function("InferenceReady")]
    [Operation(Scopes.None, LimitClass.Read)]
    [Answers<ServerState>(typeof(InferenceWire))]
    [Refuses(ProblemKind.Unavailable, "store_unreachable", "engine_unreachable", "models_loading")]
    public async Task<IResult> ReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = InferencePath.Route + "/health/ready")] HttpRequest request,
        [DurableClient] DurableTaskClient orchestrations,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await readiness.CheckAsync(orchestrations, cancellationToken);
        return ApiResult.Ok(new ServerState(Live: true, Ready: true), InferenceWire.Default.ServerState);
    }
}
