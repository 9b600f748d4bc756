using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Monitoring;

/// <summary><c>/health</c>: is the process alive; <c>/health/ready</c>: can it reach its stores.</summary>
public sealed partial class HealthFunctions(IDocumentStore documents, IBlobStore blobs, ILogger<HealthFunctions> logger)
{
    private const string Probe = "health";

    // A probe that takes longer is as good as a failed one; orchestrators ask again every few seconds.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    private static readonly string Version =
        typeof(HealthFunctions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Answers as long as the process does.</summary>
    [Function("Health")]
    [Operation(Scopes.None, LimitClass.Read)]
    [Answers<HealthView>(typeof(HealthJson))]
    public IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ApiResult.Ok(new HealthView("healthy", Version), HealthJson.Default.HealthView);
    }

    /// <summary>Answers 200 when both stores can be read, else 503.</summary>
    [Function("HealthReady")]
    [Operation(Scopes.None, LimitClass.Read)]
    [Answers<HealthView>(typeof(HealthJson))]
    [Refuses(ProblemKind.Unavailable, "store_unreachable")]
    public async Task<IResult> ReadyAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ProbeTimeout);
        try
        {
            await documents.GetAsync(Probe, Probe, Probe, timeout.Token);
            await blobs.StatAsync(Probe, Probe, timeout.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnreachable(exception);
            Problem problem = new(ProblemKind.Unavailable, "store_unreachable", "The storage of this installation cannot be reached.") { RetryAfter = ProbeTimeout };
            throw new ProblemException(problem, exception);
        }

        return ApiResult.Ok(new HealthView("ready", Version), HealthJson.Default.HealthView);
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "The stores cannot be reached")]
    private partial void LogUnreachable(Exception exception);
}
