using System.Collections.Concurrent;
using System.Threading.Channels;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>Lines on their way to storage, of every model. One adds, anybody flushes.</summary>
internal sealed class LogSegments
{
    /// <summary>Models that log at the same time on one host: far more than fit into memory.</summary>
    private const int MaxOpen = 10_000;

    private readonly Dictionary<(TenantId Tenant, string Model), LogSegment> open = [];
    private readonly ConcurrentDictionary<LogSegment, bool> live = new();
    private readonly Channel<bool> full = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly IBlobStore blobs;
    private readonly string host;
    private readonly TimeProvider time;
    private readonly PredictionLogOptions options;
    private readonly LogDrops drops;
    private readonly Counter rows;
    private readonly Counter bytes;
    private long buffered;
    private long opened;

    public LogSegments(IBlobStore blobs, IIdSource ids, TimeProvider time, PredictionLogOptions options, MetricsRegistry metrics, LogDrops drops)
    {
        (this.blobs, host, this.time, this.options, this.drops) = (blobs, ids.NewId(), time, options, drops);
        rows = metrics.Counter("ml_prediction_log_rows_total", "Rows of the prediction log that storage has taken, by model.", "model");
        bytes = metrics.Counter("ml_prediction_log_bytes_total", "Bytes of them.");
    }

    /// <summary>Bytes of lines that wait for storage.</summary>
    public long Buffered => Interlocked.Read(ref buffered);

    /// <summary>Adds a line, or drops and counts it when too much waits for storage. For one caller at a time.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="model">Its name.</param>
    /// <param name="at">When the row was answered.</param>
    /// <param name="line">The line with its end.</param>
    public void Add(TenantId tenant, string model, DateTimeOffset at, ReadOnlySpan<byte> line)
    {
        if (Buffered + line.Length > options.MaxBufferedBytes)
        {
            drops.Add(LogDrops.Storage, 1);
            return;
        }

        Interlocked.Add(ref buffered, line.Length);
        if (!open.TryGetValue((tenant, model), out LogSegment? segment) || !segment.TryAdd(at, line))
        {
            segment = Open(tenant, model, at);
            segment.TryAdd(at, line);
        }

        if (segment.HasFullBatch)
        {
            full.Writer.TryWrite(true);
        }
    }

    /// <summary>Ends when a batch is as large as batches shall be.</summary>
    public async Task WaitForFullAsync(CancellationToken cancellationToken) => await full.Reader.ReadAsync(cancellationToken);

    /// <summary>Appends what waits.</summary>
    /// <param name="which">Of which segments.</param>
    /// <param name="cancellationToken">Ends it; what was not appended waits on.</param>
    /// <exception cref="StorageUnavailableException">Storage fails for some; every other was tried, and what was not appended waits on.</exception>
    public async Task FlushAsync(Func<LogSegment, bool> which, CancellationToken cancellationToken)
    {
        ConcurrentQueue<Exception> failures = new();
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxParallelAppends, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(live.Keys.Where(which), parallel, async (segment, token) =>
        {
            try
            {
                await FlushAsync(segment, token);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // One segment's failure is not another's.
                failures.Enqueue(failure);
            }
        });
        if (failures.TryDequeue(out Exception? first))
        {
            throw new StorageUnavailableException($"{failures.Count + 1} segments of the prediction log could not be written.", first);
        }
    }

    /// <summary>Gives up what waits, and counts it.</summary>
    /// <returns>Rows that are lost.</returns>
    public long Abandon()
    {
        long lost = 0;
        foreach (LogSegment segment in live.Keys)
        {
            (int rows, long bytes) = segment.Abandon();
            Interlocked.Add(ref buffered, -bytes);
            lost += rows;
        }

        drops.Add(LogDrops.Shutdown, lost);
        return lost;
    }

    private async Task FlushAsync(LogSegment segment, CancellationToken cancellationToken)
    {
        segment.CloseIfOver(time.GetUtcNow());
        await segment.FlushAsync(blobs, (batch, isStored) => Note(segment, batch, isStored), cancellationToken);
        if (segment.IsDone)
        {
            live.TryRemove(segment, out _);
        }
    }

    private void Note(LogSegment segment, LogBatch batch, bool isStored)
    {
        Interlocked.Add(ref buffered, -batch.Bytes);
        if (isStored)
        {
            rows.Add(segment.Model, batch.Rows);
            bytes.Add(string.Empty, batch.Bytes);
        }
        else
        {
            drops.Add(LogDrops.Removed, batch.Rows);
        }
    }

    private LogSegment Open(TenantId tenant, string model, DateTimeOffset at)
    {
        if (open.Count >= MaxOpen)
        {
            // Those that are let go of are flushed all the same; their models begin another segment.
            open.Clear();
        }

        LogSegment segment = new(tenant, model, LogSegmentName.At(at, host, opened++), options);
        open[(tenant, model)] = segment;
        live[segment] = true;
        return segment;
    }
}
