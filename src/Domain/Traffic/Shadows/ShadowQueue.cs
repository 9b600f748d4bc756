using System.Buffers;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Traffic.Counting;

namespace Trainyard.Domain.Traffic.Shadows;

/// <summary>Lets shadows answer requests after their callers were answered. Thread safe.</summary>
/// <remarks>
/// Off the way of requests, and bounded: what comes while too much waits is dropped and counted. A shadow that is slow, refuses or
/// breaks costs no caller anything.
/// </remarks>
public sealed class ShadowQueue
{
    /// <summary>Requests that may wait.</summary>
    public const int MaxWaiting = 1_024;

    /// <summary>Bytes of them: 32 MiB.</summary>
    public const long MaxWaitingBytes = 32L << 20;

    private readonly SideQueue<ShadowJob> waiting = new(MaxWaiting, MaxWaitingBytes);
    private readonly TallyBook book;
    private readonly ServingOptions options;
    private readonly Counter seen;
    private readonly Counter dropped;
    private readonly Counter failed;

    /// <summary>An empty queue.</summary>
    /// <param name="book">Receives what is compared.</param>
    /// <param name="options">Bounds of a request.</param>
    /// <param name="metrics">Counts requests.</param>
    public ShadowQueue(TallyBook book, ServingOptions options, MetricsRegistry metrics)
    {
        (this.book, this.options) = (book, options);
        seen = metrics.Counter("ml_shadow_requests_total", "Requests that shadows answered beside the versions whose answers were sent, by model.", "model");
        dropped = metrics.Counter("ml_shadow_dropped_total", "Requests that shadows did not see, for too many waited, by model.", "model");
        failed = metrics.Counter("ml_shadow_failures_total", "Requests that shadows refused or could not answer, by model.", "model");
    }

    /// <summary>Works off what waits, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> answer = new();
        await foreach (ShadowJob job in waiting.ReadAllAsync(cancellationToken))
        {
            waiting.Release(job.Bytes);
            using (job)
            {
                Answer(job, answer, cancellationToken);
            }
        }
    }

    /// <summary>Lets a shadow see a request, or drops it.</summary>
    internal void Offer(TallyKey key, CachedModel model, PredictFace face, ReadOnlySpan<byte> body, CallOutputs sent)
    {
        if (waiting.TryReserve(ShadowJob.BytesOf(body, sent)))
        {
            waiting.Add(new ShadowJob(key, model, face, body, sent));
        }
        else
        {
            Drop(key);
        }
    }

    private void Drop(TallyKey key)
    {
        dropped.Add(key.Model, 1);
        book.Find(key)?.AddDropped();
    }

    private void Answer(ShadowJob job, ArrayBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        using CallOutputs own = new();
        try
        {
            answer.ResetWrittenCount();
            job.Model.Model.Answer(job.Face, new PredictCall(job.Model.Version, job.Body, options, id: default) { Seen = own }, answer, cancellationToken);
            book.Find(job.Key)?.AddCompared(job.Sent, own);
            seen.Add(job.Key.Model, 1);
        }
        catch (Exception broken) when (broken is ProblemException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever a shadow breaks with is a finding about it, and ends nothing else.
            book.Find(job.Key)?.AddFailed();
            failed.Add(job.Key.Model, 1);
        }
    }
}
