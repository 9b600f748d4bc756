using System.Diagnostics.CodeAnalysis;
using NCrontab;

namespace Trainyard.Domain.Pipelines.Schedules;

/// <summary>
/// When a pipeline runs by itself: <c>hourly</c>, <c>daily</c> or <c>weekly</c>, counted from the moment the pipeline was
/// created, or a cron expression of five or six fields (seconds first) in UTC. An immutable value.
/// </summary>
/// <remarks>
/// A <em>slot</em> is one moment at which the schedule falls due. Slots of a period lie at whole periods after the anchor,
/// the anchor itself excluded; slots of a cron expression are whole seconds and do not depend on the anchor.
/// </remarks>
public sealed class Schedule
{
    /// <summary>Characters of a schedule at most; a cron expression with every list spelled out stays below it.</summary>
    public const int MaxLength = 200;

    private const int CronFieldsWithSeconds = 6;
    private const int CronFields = 5;

    private static readonly DateTime EndOfTime = DateTime.MaxValue;

    private readonly CrontabSchedule? cron;
    private readonly TimeSpan period;

    private Schedule(string text, TimeSpan period, CrontabSchedule? cron) => (Text, this.period, this.cron) = (text, period, cron);

    /// <summary>The schedule as it was written, trimmed.</summary>
    public string Text { get; }

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">One of the three words (any case), or a cron expression.</param>
    /// <param name="schedule">The schedule, or null when the text is not one.</param>
    /// <returns>False when the text is not a schedule.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Schedule? schedule)
    {
        string trimmed = text?.Trim() ?? "";
        schedule = trimmed.Length > MaxLength ? null : trimmed.ToLowerInvariant() switch
        {
            "hourly" => new Schedule("hourly", TimeSpan.FromHours(1), null),
            "daily" => new Schedule("daily", TimeSpan.FromDays(1), null),
            "weekly" => new Schedule("weekly", TimeSpan.FromDays(7), null),
            _ => FromCron(trimmed),
        };
        return schedule is not null;
    }

    /// <summary>The first slot after a moment; null when there is none.</summary>
    /// <param name="anchor">When the pipeline was created.</param>
    /// <param name="after">The moment, itself excluded.</param>
    public DateTimeOffset? NextAfter(DateTimeOffset anchor, DateTimeOffset after)
    {
        if (cron is not null)
        {
            DateTime next = cron.GetNextOccurrence(after.UtcDateTime, EndOfTime);
            return next == EndOfTime ? null : new DateTimeOffset(DateTime.SpecifyKind(next, DateTimeKind.Utc));
        }

        long elapsed = (after - anchor).Ticks;
        long slot = elapsed < 0 ? 1 : (elapsed / period.Ticks) + 1;
        return anchor.ToUniversalTime() + TimeSpan.FromTicks(slot * period.Ticks);
    }

    /// <summary>The last slot that is not after a moment, given one that is known: where several were missed, the one to run.</summary>
    /// <param name="anchor">When the pipeline was created.</param>
    /// <param name="known">A slot that is not after <paramref name="now"/>; the answer when no later slot is due.</param>
    /// <param name="now">The moment, itself included.</param>
    public DateTimeOffset LatestDue(DateTimeOffset anchor, DateTimeOffset known, DateTimeOffset now)
    {
        // NextAfter never falls as its argument grows, so the latest due slot is found by halving the span to a second
        // instead of stepping through what may be millions of missed slots.
        DateTimeOffset latest = known;
        DateTimeOffset low = known;
        DateTimeOffset high = now;
        while (high - low >= TimeSpan.FromSeconds(1))
        {
            DateTimeOffset middle = low + ((high - low) / 2);
            if (NextAfter(anchor, middle) is { } slot && slot <= now)
            {
                (latest, low) = (slot, slot > middle ? slot : middle);
            }
            else
            {
                high = middle;
            }
        }

        return NextAfter(anchor, latest) is { } last && last <= now ? last : latest;
    }

    private static Schedule? FromCron(string text)
    {
        int fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        if (fields is not (CronFields or CronFieldsWithSeconds))
        {
            return null;
        }

        CrontabSchedule.ParseOptions options = new() { IncludingSeconds = fields == CronFieldsWithSeconds };
        CrontabSchedule? parsed = CrontabSchedule.TryParse(text, options);
        return parsed is null ? null : new Schedule(text, default, parsed);
    }
}
