using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Monitoring;

/// <summary><c>/health</c>: is the process alive; <c>/health/ready</c>: can it work.</summary>
public sealed partial class HealthFunctions(IDocumentStore documents, IBlobStore blobs, IMessageQueue queues, TimeProvider time, ILogger<HealthFunctions> logger)
{
    private const string Probe = "health";

    // A probe that takes longer is as good as a failed one; orchestrators ask again every few seconds.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

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

    /// <summary>Answers when storage, queues and the durable engine do, and says how long each took.</summary>
    [Function("HealthReady")]
    [Operation(Scopes.None, LimitClass.Read)]
    [Answers<ReadyView>(typeof(HealthJson))]
    [Refuses(ProblemKind.Unavailable, "store_unreachable", "engine_unreachable")]
    public async Task<IResult> ReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request,
        [DurableClient] DurableTaskClient orchestrations,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ReadyCheck[] stores = await Task.WhenAll(
            CheckAsync("documents", token => documents.GetAsync(Probe, Probe, Probe, token), cancellationToken),
            CheckAsync("blobs", token => blobs.StatAsync(Probe, Probe, token), cancellationToken),
            CheckAsync("queues", queues.ProbeAsync, cancellationToken));
        ReadyCheck engine = await CheckAsync("orchestrations", token => orchestrations.GetInstanceAsync(Probe, token), cancellationToken);
        Require(stores, "store_unreachable", "The storage of this installation cannot be reached");
        Require([engine], "engine_unreachable", "The durable engine does not answer");
        return ApiResult.Ok(new ReadyView("ready", PlatformVersion.Full, [.. stores, engine]), HealthJson.Default.ReadyView);
    }

    private async Task<ReadyCheck> CheckAsync(string name, Func<CancellationToken, Task> probe, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        using CancellationTokenSource timeout = new(ProbeTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await probe(either.Token).WaitAsync(either.Token);
            return new ReadyCheck(name, time.GetElapsedTime(started).TotalSeconds, Failure: null);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnreachable(failure, name);
            return new ReadyCheck(name, time.GetElapsedTime(started).TotalSeconds, failure);
        }
    }

    private static void Require(ReadyCheck[] checks, string code, string what)
    {
        ReadyCheck[] failed = [.. checks.Where(check => check.Failure is not null)];
        if (failed.Length > 0)
        {
            string each = string.Join(", ", failed.Select(check => string.Create(CultureInfo.InvariantCulture, $"{check.Name} after {check.Seconds:0.000} s")));
            throw new ProblemException(new Problem(ProblemKind.Unavailable, code, $"{what}: {each}.", failed[0].Name) { RetryAfter = ProbeTimeout }, failed[0].Failure);
        }
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "{Check} cannot be reached")]
    private partial void LogUnreachable(Exception exception, string check);
}
