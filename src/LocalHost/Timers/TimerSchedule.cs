using System.Globalization;
using NCrontab;

namespace Trainyard.LocalHost.Timers;

/// <summary>When a timer is due: an NCRONTAB expression (six fields with seconds, or five) or a time span. All times are UTC.</summary>
internal sealed class TimerSchedule
{
    // A schedule that is due more often is not worth remembering, as in the Functions host.
    private static readonly TimeSpan LeastMonitoredInterval = TimeSpan.FromMinutes(1);

    private const int FieldsWithSeconds = 6;

    private readonly CrontabSchedule? crontab;
    private readonly TimeSpan interval;

    private TimerSchedule(CrontabSchedule? crontab, TimeSpan interval) => (this.crontab, this.interval) = (crontab, interval);

    /// <summary>Reads a schedule.</summary>
    /// <exception cref="FormatException">It is malformed, or never due.</exception>
    public static TimerSchedule Parse(string text)
    {
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan interval))
        {
            return interval > TimeSpan.Zero ? new TimerSchedule(null, interval) : throw new FormatException("A time span must be positive.");
        }

        bool seconds = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == FieldsWithSeconds;
        CrontabSchedule parsed = CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = seconds })
            ?? throw new FormatException("It is neither a time span nor a cron expression of six fields (second minute hour day month day-of-week).");
        return parsed.GetNextOccurrence(DateTime.UnixEpoch) < DateTime.MaxValue
            ? new TimerSchedule(parsed, default)
            : throw new FormatException("No date ever matches it.");
    }

    /// <summary>The first due time after <paramref name="moment"/>.</summary>
    public DateTime Next(DateTime moment) => crontab is null
        ? moment + interval
        : DateTime.SpecifyKind(crontab.GetNextOccurrence(moment), DateTimeKind.Utc);

    /// <summary>True when two runs after <paramref name="moment"/> are at least a minute apart.</summary>
    public bool IsWorthMonitoring(DateTime moment)
    {
        DateTime first = Next(moment);
        return Next(first) - first >= LeastMonitoredInterval;
    }
}
