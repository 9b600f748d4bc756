using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>One look through a model's log. For one use.</summary>
internal sealed class LogScan(
    IBlobStore blobs, TenantId tenant, string model, PredictionLogOptions options, LogFilter filter, bool oldestFirst, int limit)
{
    private readonly List<LoggedPrediction> rows = [];
    private long bytesRead;

    /// <summary>Reads on from a position.</summary>
    /// <param name="start">Where the page before ended; null for the first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ResultPage<LoggedPrediction>> RunAsync(LogPosition? start, CancellationToken cancellationToken)
    {
        (DateTimeOffset from, DateTimeOffset to) = Rest(start);
        LogSegmentList list = new(blobs, tenant, model, options.MaxLists);
        await foreach ((DateTimeOffset hour, List<(LogSegmentName Name, long Length)>? segments) in list.HoursAsync(from, to, oldestFirst, cancellationToken))
        {
            if (segments is null)
            {
                return Page(new LogPosition(hour, string.Empty, 0));
            }

            foreach ((LogSegmentName name, long length) in segments)
            {
                if (start is { File.Length: > 0 } past && past.Hour == hour && IsBefore(name.File, past.File))
                {
                    continue;
                }

                long? offset = start is { } here && here.Hour == hour && here.File == name.File ? here.Offset : null;
                if (bytesRead >= options.MaxScanBytes)
                {
                    return Page(new LogPosition(hour, name.File, offset ?? (oldestFirst ? 0 : length)));
                }

                if (await ReadAsync(name, length, offset, cancellationToken) is { } stopped)
                {
                    return filter.IsOfOne ? Page(next: null) : Page(stopped);
                }
            }
        }

        return Page(next: null);
    }

    // From the hour that was read last on.
    private (DateTimeOffset From, DateTimeOffset To) Rest(LogPosition? start) => start is not { } position ? (filter.From, filter.To)
        : oldestFirst ? (position.Hour > filter.From ? position.Hour : filter.From, filter.To)
        : (filter.From, position.Hour < LogSegmentName.HourOf(filter.To) ? position.Hour.AddHours(1).AddTicks(-1) : filter.To);

    private bool IsBefore(string file, string other) => oldestFirst ? string.CompareOrdinal(file, other) < 0 : string.CompareOrdinal(file, other) > 0;

    private ResultPage<LoggedPrediction> Page(LogPosition? next) => new(rows, next?.ToString());

    // Where the reading stopped for enough rows; null when the segment is at its end.
    private async Task<LogPosition?> ReadAsync(LogSegmentName name, long length, long? offset, CancellationToken cancellationToken)
    {
        SegmentReader reader = new(blobs, name.Path(tenant, model), length);
        LogPosition? stopped = null;
        bool Visit(ReadOnlySpan<byte> line, long start, long next)
        {
            if (filter.Read(line) is { } row)
            {
                rows.Add(row);
                if (rows.Count == limit || filter.IsOfOne)
                {
                    stopped = new LogPosition(name.Hour, name.File, oldestFirst ? next : start);
                    return false;
                }
            }

            return true;
        }

        _ = oldestFirst
            ? await reader.ReadForwardsAsync(offset ?? 0, Visit, cancellationToken)
            : await reader.ReadBackwardsAsync(offset ?? length, Visit, cancellationToken);
        bytesRead += reader.BytesRead;
        return stopped;
    }
}
