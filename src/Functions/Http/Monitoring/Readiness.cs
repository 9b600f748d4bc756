using System.Globalization;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving;

namespace Trainyard.Functions.Http.Monitoring;

/// <summary>Whether this host can work: storage, queues and the durable engine answer, and what is loaded ahead is loaded. Thread safe.</summary>
public sealed partial class Readiness(IDocumentStore documents, IBlobStore blobs, IMessageQueue queues, ModelPreloader models, TimeProvider time, ILogger<Readiness> logger)
{
    private const string Probe = "health";

    // A probe that takes longer is as good as a failed one; orchestrators ask again every few seconds.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Asks all of them.</summary>
    /// <returns>How long each took.</returns>
    /// <exception cref="ProblemException"><c>store_unreachable</c>, <c>engine_unreachable</c>, <c>models_loading</c>.</exception>
    internal async Task<IReadOnlyList<ReadyCheck>> CheckAsync(DurableTaskClient orchestrations, CancellationToken cancellationToken)
    {
        ReadyCheck[] stores = await Task.WhenAll(
            CheckAsync("documents", token => documents.GetAsync(Probe, Probe, Probe, token), cancellationToken),
            CheckAsync("blobs", token => blobs.StatAsync(Probe, Probe, token), cancellationToken),
            CheckAsync("queues", queues.ProbeAsync, cancellationToken));
        ReadyCheck engine = await CheckAsync("orchestrations", token => orchestrations.GetInstanceAsync(Probe, token), cancellationToken);
        Require(stores, "store_unreachable", "The storage of this installation cannot be reached");
        Require([engine], "engine_unreachable", "The durable engine does not answer");
        if (!models.IsDone)
        {
            throw new ProblemException(new Problem(ProblemKind.Unavailable, "models_loading", "The models that are loaded ahead are not all loaded yet.", "models") { RetryAfter = ProbeTimeout });
        }

        return [.. stores, engine];
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
