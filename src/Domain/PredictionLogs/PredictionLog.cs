using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Tables;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>The log of predictions: inputs, outputs, version and latency of answered requests, in blobs. Thread safe; one host work runs it.</summary>
/// <remarks>
/// On the way of a request lies the copy of its body, and nothing else. One worker writes requests out as lines, others append them to blobs in
/// batches. What finds no room is dropped and counted. A line reaches storage at most once; what waits when a process dies is lost.
/// </remarks>
public sealed class PredictionLog : CallLog, IDisposable
{
    private readonly SideQueue<CallCopy> waiting;
    private readonly LogSegments segments;
    private readonly ModelSecrets secrets;
    private readonly LogLines lines;
    private readonly LogDrops drops;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim writing = new(1);
    private Exception? fault;

    /// <summary>An empty log.</summary>
    /// <param name="blobs">Where lines go.</param>
    /// <param name="documents">Where the secrets of models are.</param>
    /// <param name="ids">Names segments.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="limits">Bounds of a request.</param>
    /// <param name="metrics">Counts what is logged and what is dropped.</param>
    public PredictionLog(
        IBlobStore blobs, IDocumentStore documents, IIdSource ids, TimeProvider time, PredictionLogOptions options, ServingOptions limits, MetricsRegistry metrics)
    {
        this.time = time;
        drops = new LogDrops(metrics);
        waiting = new SideQueue<CallCopy>(options.MaxWaiting, options.MaxWaitingBytes);
        segments = new LogSegments(blobs, ids, time, options, metrics, drops);
        secrets = new ModelSecrets(documents, time);
        lines = new LogLines(options, limits, drops);
    }

    /// <summary>Requests that wait to be written out.</summary>
    public long Waiting => waiting.Count;

    /// <summary>Bytes that they hold.</summary>
    public long WaitingBytes => waiting.Bytes;

    /// <summary>Bytes of lines that wait for storage.</summary>
    public long BufferedBytes => segments.Buffered;

    /// <summary>Writes out requests as they come, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (CallCopy copy in waiting.ReadAllAsync(cancellationToken))
        {
            await WriteAsync(copy, cancellationToken);
        }
    }

    /// <summary>Appends batches as they become as large as batches shall be, until it is cancelled or storage fails.</summary>
    /// <exception cref="StorageUnavailableException">Storage fails; what was not appended waits on.</exception>
    public async Task FlushFullAsync(CancellationToken cancellationToken)
    {
        await segments.WaitForFullAsync(cancellationToken);
        await segments.FlushAsync(segment => segment.HasFullBatch, cancellationToken);
    }

    /// <summary>Appends everything that is written out.</summary>
    /// <exception cref="StorageUnavailableException">Storage fails; what was not appended waits on.</exception>
    public Task FlushAsync(CancellationToken cancellationToken) => segments.FlushAsync(_ => true, cancellationToken);

    /// <summary>Appends everything of one model that is written out.</summary>
    /// <exception cref="StorageUnavailableException">Storage fails; what was not appended waits on.</exception>
    public Task FlushAsync(TenantId tenant, string model, CancellationToken cancellationToken) =>
        segments.FlushAsync(segment => segment.Tenant == tenant && segment.Model == model, cancellationToken);

    /// <summary>Writes out and appends what there is, when the host stops; what cannot be appended then is dropped.</summary>
    /// <returns>Rows that were dropped.</returns>
    public async Task<long> DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested && waiting.TryRead(out CallCopy? copy))
            {
                await WriteAsync(copy, cancellationToken);
            }

            await FlushAsync(cancellationToken);
            return 0;
        }
        catch (Exception failure) when (failure is StorageUnavailableException or OperationCanceledException)
        {
            long unwritten = 0;
            while (waiting.TryRead(out CallCopy? copy))
            {
                unwritten += copy.Outputs.PredictedRows;
                Drop(copy);
            }

            drops.Add(LogDrops.Shutdown, unwritten);
            return unwritten + segments.Abandon();
        }
    }

    /// <summary>The last failure of ours that cost lines, once; null when there was none since.</summary>
    public Exception? TakeFault() => Interlocked.Exchange(ref fault, null);

    /// <inheritdoc/>
    public void Dispose()
    {
        lines.Dispose();
        writing.Dispose();
    }

    internal override CallCopy? TryCopy(in ObservedCall call)
    {
        int rows = call.Outputs.PredictedRows;
        if (rows == 0)
        {
            return null;
        }

        if (!waiting.TryReserve(CallCopy.BytesOf(call.Body, call.Outputs)))
        {
            drops.Add(LogDrops.Busy, rows);
            return null;
        }

        return new CallCopy(call, time.GetUtcNow());
    }

    internal override void Add(CallCopy copy) => waiting.Add(copy);

    internal override void Drop(CallCopy copy)
    {
        waiting.Release(copy.Bytes);
        copy.Dispose();
    }

    // One at a time: the host's work and its end may meet here.
    private async Task WriteAsync(CallCopy copy, CancellationToken cancellationToken)
    {
        int left = copy.Outputs.PredictedRows;
        string model = copy.Model.Version.ModelName;
        string reason = LogDrops.Failed;
        try
        {
            await writing.WaitAsync(cancellationToken);
            try
            {
                byte[]? secret = HasPersonal(copy) ? await secrets.GetAsync(copy.Call.Tenant, model, cancellationToken) : null;
                lines.Write(copy, secret, line =>
                {
                    segments.Add(copy.Call.Tenant, model, copy.At, line);
                    left--;
                });
                left = 0;
            }
            finally
            {
                writing.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            reason = LogDrops.Shutdown;
        }
        catch (StorageUnavailableException)
        {
            reason = LogDrops.Storage;
        }
        catch (Exception failure)
        {
            // Whatever it is, the next request is none of its concern; the host logs it.
            Interlocked.Exchange(ref fault, failure);
        }
        finally
        {
            drops.Add(reason, left);
            Drop(copy);
        }
    }

    private static bool HasPersonal(CallCopy copy) =>
        copy.Call.CallerKey is not null
        || (copy.Plan.PersonalColumns.Count > 0
            && copy.Model.Model is ServedTable table
            && (copy.Plan.PersonalColumns.Contains(table.Target) || table.Columns.Any(copy.Plan.PersonalColumns.Contains)));
}
