using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>One blob of the log with the lines that wait to be appended to it. Nobody else writes to it. Thread safe.</summary>
/// <remarks>
/// A batch goes out only behind the one before, at the position where that ended, so that a repeat after a failure whose append did arrive
/// finds it there (<see cref="IBlobStore.AppendAtAsync"/>): no line is there twice, and none is missing between two others.
/// </remarks>
/// <param name="tenant">Whose model.</param>
/// <param name="model">Its name.</param>
/// <param name="name">The blob.</param>
/// <param name="options">Bounds.</param>
internal sealed class LogSegment(TenantId tenant, string model, LogSegmentName name, PredictionLogOptions options)
{
    private readonly Lock gate = new();
    private readonly Queue<LogBatch> batches = new();
    private readonly SemaphoreSlim flushing = new(1);
    private readonly string path = name.Path(tenant, model);
    private LogBatch? last;
    private LogBatch? spare;
    private long bytes;
    private int appends;
    private bool isClosed;
    private long position;

    public TenantId Tenant => tenant;

    public string Model => model;

    /// <summary>Whether nothing waits and nothing will come.</summary>
    public bool IsDone
    {
        get
        {
            lock (gate)
            {
                return isClosed && batches.Count == 0;
            }
        }
    }

    /// <summary>Whether a batch waits that is as large as batches shall be.</summary>
    public bool HasFullBatch
    {
        get
        {
            lock (gate)
            {
                return batches.TryPeek(out LogBatch? first) && first.Bytes >= options.BatchBytes;
            }
        }
    }

    /// <summary>Adds a line; false when it belongs into another segment, and this one is closed.</summary>
    public bool TryAdd(DateTimeOffset at, ReadOnlySpan<byte> line)
    {
        lock (gate)
        {
            if (isClosed || !name.Takes(at))
            {
                isClosed = true;
                return false;
            }

            if (last is null || last.IsSealed || last.Bytes >= options.BatchBytes)
            {
                if (bytes >= options.SegmentBytes || appends == options.SegmentAppends)
                {
                    isClosed = true;
                    return false;
                }

                last = spare ?? new LogBatch();
                spare = null;
                batches.Enqueue(last);
                appends++;
            }

            last.Add(line);
            bytes += line.Length;
            return true;
        }
    }

    /// <summary>Closes it when its time is over, so that it can be let go of.</summary>
    public void CloseIfOver(DateTimeOffset now)
    {
        lock (gate)
        {
            isClosed |= now >= name.Begin + LogSegmentName.Span + LogSegmentName.Slack || LogSegmentName.HourOf(now - LogSegmentName.Slack) > name.Hour;
        }
    }

    /// <summary>Appends what waits, unless that is under way already.</summary>
    /// <param name="blobs">Where to.</param>
    /// <param name="done">Told of each batch that waits no more, and whether it is stored: it is not when the blob was removed meanwhile.</param>
    /// <param name="cancellationToken">Ends it; what was not appended waits on.</param>
    /// <exception cref="StorageUnavailableException">Storage fails; what was not appended waits on.</exception>
    public async Task FlushAsync(IBlobStore blobs, Action<LogBatch, bool> done, CancellationToken cancellationToken)
    {
        await flushing.WaitAsync(cancellationToken);
        try
        {
            while (Next() is { } batch)
            {
                bool isStored = await AppendAsync(blobs, batch, cancellationToken);
                position += batch.Bytes;
                done(batch, isStored);
                Remove(isStored);
            }
        }
        finally
        {
            flushing.Release();
        }
    }

    /// <summary>Gives up what waits.</summary>
    /// <returns>Its rows and bytes.</returns>
    public (int Rows, long Bytes) Abandon()
    {
        lock (gate)
        {
            (int Rows, long Bytes) lost = (batches.Sum(batch => batch.Rows), batches.Sum(batch => (long)batch.Bytes));
            batches.Clear();
            (last, isClosed) = (null, true);
            return lost;
        }
    }

    private LogBatch? Next()
    {
        lock (gate)
        {
            if (!batches.TryPeek(out LogBatch? batch))
            {
                return null;
            }

            batch.IsSealed = true;
            return batch;
        }
    }

    private void Remove(bool isStored)
    {
        lock (gate)
        {
            if (batches.TryDequeue(out LogBatch? batch))
            {
                last = last == batch ? null : last;
                batch.Clear();
                spare = batch;
            }

            isClosed |= !isStored;
        }
    }

    private async Task<bool> AppendAsync(IBlobStore blobs, LogBatch batch, CancellationToken cancellationToken)
    {
        if (await blobs.AppendAtAsync(LogSegmentName.Container, path, position, batch.Lines, cancellationToken))
        {
            return true;
        }

        // Either an earlier try arrived, of which nobody heard; or the log was removed with its model or for its age.
        return (await blobs.StatAsync(LogSegmentName.Container, path, cancellationToken))?.Length == position + batch.Bytes;
    }
}
