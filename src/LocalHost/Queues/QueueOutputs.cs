using Microsoft.Extensions.Configuration;
using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Discovery;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Queues;

/// <summary>Sends what functions return under a queue output.</summary>
/// <remarks>
/// At least once, like everything about queues: a function whose message was sent and whose own event was not settled
/// before the host died runs again and sends again.
/// </remarks>
internal sealed class QueueOutputs : IFunctionOutputs
{
    private readonly Dictionary<FunctionOutput, string> queues = [];
    private readonly Lazy<IMessageQueue> messages;

    /// <summary>Resolves the names of all queues.</summary>
    /// <exception cref="FunctionDeclarationException">A queue's name is no name, or names a setting that is not set.</exception>
    public QueueOutputs(IEnumerable<LocalFunction> functions, IConfiguration configuration, Lazy<IMessageQueue> messages)
    {
        this.messages = messages;
        foreach (LocalFunction function in functions)
        {
            foreach (FunctionOutput output in function.Outputs)
            {
                queues.Add(output, Resolve(output, function, configuration));
            }
        }
    }

    /// <inheritdoc />
    public async Task SendAsync(LocalFunction function, object result)
    {
        foreach (FunctionOutput output in function.Outputs)
        {
            object? value = output.Part.Of(result);
            foreach (object? message in value as Array ?? new[] { value })
            {
                if (message is not null)
                {
                    // Not cancelled with its invocation, which has succeeded.
                    await messages.Value.SendAsync(queues[output], message as string ?? JsonPayload.Write(message), TimeSpan.Zero, CancellationToken.None);
                }
            }
        }
    }

    private static string Resolve(FunctionOutput output, LocalFunction function, IConfiguration configuration)
    {
        string queue = SettingExpression.Resolve(output.QueueName, function, configuration);
        try
        {
            QueueChecks.Name(queue);
            return queue;
        }
        catch (ArgumentException refused)
        {
            throw new FunctionDeclarationException([$"Function '{function.Name}': {refused.Message}"]);
        }
    }
}
