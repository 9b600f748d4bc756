using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trainyard.LocalHost.Discovery;
using Trainyard.LocalHost.Invocation;
using Trainyard.LocalHost.Storage;

namespace Trainyard.LocalHost.Queues;

/// <summary>Prepares the listeners of queue functions.</summary>
internal static class QueueTriggers
{
    /// <summary>One listener for each queue function.</summary>
    /// <param name="functions">All functions.</param>
    /// <param name="settings">How to receive.</param>
    /// <param name="services">The host's services.</param>
    public static IEnumerable<ITriggerListener> Listen(IEnumerable<LocalFunction> functions, QueueSettings settings, IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var runner = services.GetRequiredService<FunctionRunner>();
        var clock = services.GetRequiredService<TimeProvider>();
        var logger = services.GetRequiredService<ILogger<QueueListener>>();
        foreach (LocalFunction function in functions.Where(each => each.Kind == TriggerKind.Queue))
        {
            string queue = SettingExpression.Resolve(((QueueTriggerAttribute)function.Trigger).QueueName, function, configuration);

            // Asked for here, so that a host without queue functions does not open the file at its start.
            var messages = services.GetRequiredService<SqliteMessageQueue>();
            yield return new QueueListener(queue, function, settings, messages, runner, clock, logger);
        }
    }
}
