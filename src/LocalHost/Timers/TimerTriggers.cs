using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trainyard.LocalHost.Discovery;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Timers;

/// <summary>Prepares the listeners of timer functions.</summary>
internal static class TimerTriggers
{
    /// <summary>One listener for each timer function.</summary>
    /// <param name="functions">All functions.</param>
    /// <param name="statusFolder">Where schedule statuses are kept.</param>
    /// <param name="services">The host's services.</param>
    /// <exception cref="FunctionDeclarationException">A schedule cannot be read.</exception>
    public static IEnumerable<ITriggerListener> Listen(IEnumerable<LocalFunction> functions, string statusFolder, IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var runner = services.GetRequiredService<FunctionRunner>();
        var clock = services.GetRequiredService<TimeProvider>();
        var logger = services.GetRequiredService<ILogger<TimerListener>>();
        foreach (LocalFunction function in functions.Where(each => each.Kind == TriggerKind.Timer))
        {
            var trigger = (TimerTriggerAttribute)function.Trigger;
            TimerSchedule schedule = ReadSchedule(function, SettingExpression.Resolve(trigger.Schedule, function, configuration));
            bool monitored = trigger.UseMonitor && schedule.IsWorthMonitoring(clock.GetUtcNow().UtcDateTime);
            TimerStatusFile? status = monitored ? new TimerStatusFile(statusFolder, function.Name) : null;
            yield return new TimerListener(function, schedule, status, runner, clock, logger);
        }
    }

    private static TimerSchedule ReadSchedule(LocalFunction function, string text)
    {
        try
        {
            return TimerSchedule.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new FunctionDeclarationException([$"Function '{function.Name}': its schedule '{text}' cannot be used. {exception.Message}"]);
        }
    }
}
