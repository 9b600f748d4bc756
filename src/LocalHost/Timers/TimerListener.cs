using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Timers;

/// <summary>Runs one timer function by its schedule, one run at a time.</summary>
/// <remarks>
/// A monitored timer records its status after each run. A run that a crash cut short, or that fell due while no host
/// ran, is made up for once at the next start, with <see cref="TimerInfo.IsPastDue"/> set. Due times that pass while
/// the function still runs are skipped.
/// </remarks>
internal sealed partial class TimerListener(
    LocalFunction function, TimerSchedule schedule, TimerStatusFile? statusFile, FunctionRunner runner, TimeProvider clock, ILogger<TimerListener> logger)
    : ITriggerListener
{
    // A sleeping computer stops the timers that a wait counts by; looking at the clock once a minute makes up for it.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public string FunctionName => function.Name;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Runs until <paramref name="stopping"/>; a run under way then goes on until <paramref name="abandoned"/>.</summary>
    public async Task ListenAsync(CancellationToken stopping, CancellationToken abandoned)
    {
        try
        {
            DateTime due = await StartAsync(abandoned);
            while (!stopping.IsCancellationRequested)
            {
                await WaitUntilAsync(due, stopping);
                due = await RunAsync(due, isPastDue: false, abandoned);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The way a wait ends when the host stops.
        }
    }

    private async Task<DateTime> StartAsync(CancellationToken abandoned)
    {
        DateTime now = Now;
        DateTime due = schedule.Next(now);
        if (statusFile is not null)
        {
            if (statusFile.Read() is not { } status)
            {
                statusFile.Write(new ScheduleStatus { Next = due, LastUpdated = now });
            }
            else if (schedule.Next(status.Last == default ? status.LastUpdated : status.Last) is var expected)
            {
                if (expected < now)
                {
                    return await RunAsync(expected, isPastDue: true, abandoned);
                }

                due = expected;
            }
        }

        return ((TimerTriggerAttribute)function.Trigger).RunOnStartup ? await RunAsync(now, isPastDue: false, abandoned) : due;
    }

    private async Task WaitUntilAsync(DateTime due, CancellationToken stopping)
    {
        for (TimeSpan left = due - Now; left > TimeSpan.Zero; left = due - Now)
        {
            await Task.Delay(left < LongestWait ? left : LongestWait, clock, stopping);
        }
    }

    private async Task<DateTime> RunAsync(DateTime due, bool isPastDue, CancellationToken abandoned)
    {
        TimerInfo info = new() { IsPastDue = isPastDue, ScheduleStatus = statusFile?.Read() };
        try
        {
            await runner.RunAsync(function, new TriggerEvent(info), abandoned);
        }
        catch (Exception exception) when (!abandoned.IsCancellationRequested)
        {
            LogFailure(exception, function.Name);
        }

        // A time span counts from the due time, so that the run's own time does not make it drift.
        DateTime next = schedule.Next(due);
        next = next > Now ? next : schedule.Next(Now);
        statusFile?.Write(new ScheduleStatus { Last = due > Now ? Now : due, Next = next, LastUpdated = Now });
        return next;
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "Timer function {Function} failed; it runs again when it is next due.")]
    private partial void LogFailure(Exception exception, string function);
}
