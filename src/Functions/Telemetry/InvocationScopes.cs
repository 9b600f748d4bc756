using Microsoft.Extensions.Logging;

namespace Trainyard.Functions.Telemetry;

/// <summary>The scopes that loggers add to their lines: that of the invocation under way, which nobody has to begin, and those that code begins.</summary>
/// <remarks>To be registered beside the logger factory, which gives it to all that write scopes. Thread safe.</remarks>
internal sealed class InvocationScopes : IExternalScopeProvider
{
    private readonly LoggerExternalScopeProvider begun = new();

    /// <inheritdoc />
    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (InvocationScope.Current is { } invocation)
        {
            callback(invocation, state);
        }

        begun.ForEachScope(callback, state);
    }

    /// <inheritdoc />
    public IDisposable Push(object? state) => begun.Push(state);
}
