using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>The name of a blob of the log: <c>tenant/model/2026-01-31/13/0459123-host-00000007.ndjson</c>, the last part beginning with minute, second and millisecond.</summary>
/// <remarks>
/// Every row of a segment has a time of the hour that the name says, no more than <see cref="Slack"/> before its beginning and no more than
/// <see cref="Span"/> after it: so a look for a time reads no segment that cannot hold it. Names sort by their beginning.
/// </remarks>
/// <param name="Hour">The hour, UTC.</param>
/// <param name="File">The last part.</param>
internal readonly record struct LogSegmentName(DateTimeOffset Hour, string File)
{
    public const string Container = "predictions";

    /// <summary>How much time a segment takes at most.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    /// <summary>How far rows may come out of order: far longer than a thread is kept between two instructions.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private const string DayFormat = "yyyy-MM-dd";
    private const string HourFormat = "yyyy-MM-dd'/'HH";
    private const string BeginFormat = "mmssfff";
    private const int Parts = 5;

    /// <summary>When its first row was answered, to the millisecond.</summary>
    public DateTimeOffset Begin
    {
        get
        {
            int digits = int.Parse(File.AsSpan(0, BeginFormat.Length), NumberStyles.None, CultureInfo.InvariantCulture);
            return Hour + new TimeSpan(days: 0, hours: 0, minutes: digits / 100_000, seconds: digits / 1000 % 100, milliseconds: digits % 1000);
        }
    }

    /// <summary>The name of a segment that begins at a moment.</summary>
    /// <param name="begin">The moment.</param>
    /// <param name="host">Whose it is: no two processes have the same, so that nobody else ever writes to it.</param>
    /// <param name="number">Counts the segments of the host, so that those of one millisecond are in order.</param>
    public static LogSegmentName At(DateTimeOffset begin, string host, long number) => new(
        HourOf(begin), string.Create(CultureInfo.InvariantCulture, $"{begin.UtcDateTime.ToString(BeginFormat, CultureInfo.InvariantCulture)}-{host}-{number:D8}.ndjson"));

    /// <summary>The hour of a moment.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>What the paths of a model begin with.</summary>
    public static string OfModel(TenantId tenant, string model) => $"{tenant.Value}/{model}/";

    /// <summary>What the paths of a day begin with.</summary>
    public static string OfDay(TenantId tenant, string model, DateTimeOffset day) =>
        $"{OfModel(tenant, model)}{day.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture)}/";

    /// <summary>What the paths of an hour begin with.</summary>
    public static string OfHour(TenantId tenant, string model, DateTimeOffset hour) =>
        $"{OfModel(tenant, model)}{hour.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture)}/";

    /// <summary>Reads the last part; false when it is none of ours.</summary>
    public static bool TryParse(DateTimeOffset hour, string file, out LogSegmentName name)
    {
        name = new LogSegmentName(hour, file);
        return file.Length > BeginFormat.Length
            && file[BeginFormat.Length] == '-'
            && !file.AsSpan(0, BeginFormat.Length).ContainsAnyExceptInRange('0', '9')
            && file.AsSpan(0, 2).CompareTo("60", StringComparison.Ordinal) < 0
            && file.AsSpan(2, 2).CompareTo("60", StringComparison.Ordinal) < 0
            && !file.Contains('/', StringComparison.Ordinal);
    }

    /// <summary>Reads a path; false when it is none of ours.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out TenantId? tenant, out string model, out LogSegmentName name)
    {
        string[] parts = path.Split('/');
        (tenant, model, name) = (null, string.Empty, default);
        if (parts.Length != Parts
            || !TenantId.TryParse(parts[0], out tenant)
            || !DateTimeOffset.TryParseExact($"{parts[2]}/{parts[3]}", HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset hour))
        {
            return false;
        }

        model = parts[1];
        return TryParse(hour, parts[4], out name);
    }

    /// <summary>Its path.</summary>
    public string Path(TenantId tenant, string model) => OfHour(tenant, model, Hour) + File;

    /// <summary>Whether a row of this moment belongs into it.</summary>
    public bool Takes(DateTimeOffset at) => HourOf(at) == Hour && at >= Begin - Slack && at < Begin + Span;

    /// <summary>Whether it may hold rows between two moments, both included.</summary>
    public bool MayHold(DateTimeOffset from, DateTimeOffset to) => Hour <= to && Hour + TimeSpan.FromHours(1) > from && Begin - Slack <= to && Begin + Span > from;
}
