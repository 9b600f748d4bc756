using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>Keeps log lines as whoever writes them gets them: with fields, exceptions and scopes.</summary>
internal sealed class KeptLogs : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<KeptLine> lines = new();
    private TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public IReadOnlyList<KeptLine> Lines => [.. lines];

    /// <summary>The first such line, once it is there.</summary>
    public async Task<KeptLine> WaitAsync(Func<KeptLine, bool> isWanted, TimeSpan patience)
    {
        using CancellationTokenSource tooLong = new(patience);
        while (true)
        {
            Task change = Volatile.Read(ref written).Task;
            if (lines.FirstOrDefault(isWanted) is { } found)
            {
                return found;
            }

            await change.WaitAsync(tooLong.Token);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(KeptLogs kept, string category) : ILogger
    {
        public IDisposable BeginScope<TState>(TState state)
            where TState : notnull => kept.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            List<KeyValuePair<string, object?>> fields = [.. state as IEnumerable<KeyValuePair<string, object?>> ?? []];
            List<string> texts = [];
            kept.scopes.ForEachScope<object?>(
                (scope, _) =>
                {
                    fields.AddRange(scope as IEnumerable<KeyValuePair<string, object?>> ?? []);
                    texts.Add(scope?.ToString() ?? "");
                },
                null);
            kept.lines.Enqueue(new KeptLine(category, logLevel, eventId.Id, formatter(state, exception), exception?.ToString(), fields, texts));
            Interlocked.Exchange(ref kept.written, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }
}
