using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Trainyard.Testing;

/// <summary>Remembers what is logged, at every level. Thread safe.</summary>
public sealed class CollectingLoggers : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<LogEntry> entries = new();

    /// <summary>What was logged at warning or above, in order.</summary>
    public IReadOnlyList<LogEntry> Alarms => [.. Entries.Where(entry => entry.Level >= LogLevel.Warning)];

    /// <summary>What was logged, in order.</summary>
    public IReadOnlyList<LogEntry> Entries => [.. entries];

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc />
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("What is logged is only remembered.");

    /// <inheritdoc />
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        entries.Enqueue(new LogEntry(logLevel, eventId.Id, formatter(state, exception), exception));
    }

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public void Dispose()
    {
        // Nothing is held.
    }
}
