using System.Runtime.CompilerServices;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>Finds the segments of one model that may hold rows of a time, hour by hour. For one look.</summary>
/// <param name="blobs">Where they are.</param>
/// <param name="tenant">Whose model.</param>
/// <param name="model">Its name.</param>
/// <param name="maxLists">Lists of blobs that may be asked for.</param>
internal sealed class LogSegmentList(IBlobStore blobs, TenantId tenant, string model, int maxLists)
{
    private int lists;

    /// <summary>Whether no more lists may be asked for.</summary>
    public bool IsExhausted => lists >= maxLists;

    /// <summary>Hours that may have segments, each with them; without those of days that have none.</summary>
    /// <param name="from">The earliest moment.</param>
    /// <param name="to">The latest moment.</param>
    /// <param name="oldestFirst">Whether time goes forwards.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Ends early when no more lists may be asked for; then the last hour has null instead of segments, for it was not looked at.</returns>
    public async IAsyncEnumerable<(DateTimeOffset Hour, List<(LogSegmentName Name, long Length)>? Segments)> HoursAsync(
        DateTimeOffset from, DateTimeOffset to, bool oldestFirst, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (DateTimeOffset first, DateTimeOffset last) = (LogSegmentName.HourOf(from), LogSegmentName.HourOf(to));
        (DateTimeOffset day, bool hasSegments) = (default, false);
        for (DateTimeOffset hour = oldestFirst ? first : last; hour >= first && hour <= last; hour = hour.AddHours(oldestFirst ? 1 : -1))
        {
            if (IsExhausted)
            {
                yield return (hour, null);
                yield break;
            }

            DateTimeOffset dayOfHour = hour - TimeSpan.FromHours(hour.Hour);
            if (day != dayOfHour)
            {
                (day, hasSegments) = (dayOfHour, await AnyAsync(dayOfHour, cancellationToken));
            }

            if (hasSegments)
            {
                yield return (hour, await OfHourAsync(hour, from, to, oldestFirst, cancellationToken));
            }
        }
    }

    private async Task<bool> AnyAsync(DateTimeOffset day, CancellationToken cancellationToken)
    {
        lists++;
        await using IAsyncEnumerator<BlobStat> found =
            blobs.ListAsync(LogSegmentName.Container, LogSegmentName.OfDay(tenant, model, day), cancellationToken).GetAsyncEnumerator(cancellationToken);
        return await found.MoveNextAsync();
    }

    private async Task<List<(LogSegmentName Name, long Length)>> OfHourAsync(
        DateTimeOffset hour, DateTimeOffset from, DateTimeOffset to, bool oldestFirst, CancellationToken cancellationToken)
    {
        lists++;
        string prefix = LogSegmentName.OfHour(tenant, model, hour);
        List<(LogSegmentName Name, long Length)> segments = [];
        await foreach (BlobStat blob in blobs.ListAsync(LogSegmentName.Container, prefix, cancellationToken))
        {
            if (LogSegmentName.TryParse(hour, blob.Path[prefix.Length..], out LogSegmentName name) && name.MayHold(from, to))
            {
                segments.Add((name, blob.Length));
            }
        }

        segments.Sort((left, right) => (oldestFirst ? 1 : -1) * string.CompareOrdinal(left.Name.File, right.Name.File));
        return segments;
    }
}
