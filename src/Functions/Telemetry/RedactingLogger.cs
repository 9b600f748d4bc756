using Microsoft.Extensions.Logging;
using Trainyard.Domain.Redaction;

namespace Trainyard.Functions.Telemetry;

/// <summary>Passes on what is logged without secrets and personal data: the line, its fields, its exception, its scopes.</summary>
internal sealed class RedactingLogger(ILogger inner, string category) : ILogger
{
    // The web server's scopes tell the path that was asked for, and a connection that nobody asks about.
    private readonly bool passesScopes = !category.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal);

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => state switch
        {
            _ when !passesScopes => null,
            IReadOnlyList<KeyValuePair<string, object?>> fields => inner.BeginScope(new RedactedState(fields, state.ToString() ?? "")),
            _ => inner.BeginScope(Redactor.Clean(state.ToString() ?? "")),
        };

    /// <inheritdoc />
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (inner.IsEnabled(logLevel))
        {
            RedactedState clean = new(state as IReadOnlyList<KeyValuePair<string, object?>> ?? [], formatter(state, exception));
            inner.Log(logLevel, eventId, clean, RedactedException.Of(exception), static (line, _) => line.ToString());
        }
    }
}
