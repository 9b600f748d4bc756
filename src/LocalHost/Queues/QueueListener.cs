using System.Globalization;
using Microsoft.Extensions.Logging;
using Trainyard.LocalHost.Invocation;
using Trainyard.LocalHost.Storage;

namespace Trainyard.LocalHost.Queues;

/// <summary>Receives one queue's messages and runs its function for each, several at a time.</summary>
/// <remarks>
/// At least once: a message is deleted after its function returned. One that fails comes back, until it was tried as
/// often as allowed; then, or at once when it cannot be bound to the function's parameter, it moves to the poison queue.
/// </remarks>
internal sealed partial class QueueListener(
    string queue, LocalFunction function, QueueSettings settings, SqliteMessageQueue messages, FunctionRunner runner, TimeProvider clock, ILogger<QueueListener> logger)
    : ITriggerListener
{
    // How long a message of a host that died stays invisible; a live host renews at a third of it.
    private static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewInterval = HoldTime / 3;

    private readonly SemaphoreSlim slots = new(settings.BatchSize);

    public string FunctionName => function.Name;

    /// <summary>Receives until <paramref name="stopping"/>; what is under way then goes on until <paramref name="abandoned"/>.</summary>
    public async Task ListenAsync(CancellationToken stopping, CancellationToken abandoned)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await slots.WaitAsync(stopping);
                await ReceiveAsync(1 + TakeFreeSlots(), stopping, abandoned);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The way a wait ends when the host stops.
        }

        for (int slot = 0; slot < settings.BatchSize; slot++)
        {
            await slots.WaitAsync(CancellationToken.None);
        }
    }

    private int TakeFreeSlots()
    {
        int taken = 0;
        while (taken < settings.BatchSize - 1 && slots.Wait(0, CancellationToken.None))
        {
            taken++;
        }

        return taken;
    }

    private async Task ReceiveAsync(int taken, CancellationToken stopping, CancellationToken abandoned)
    {
        IReadOnlyList<QueueMessage> received = [];
        try
        {
            await messages.WaitForVisibleAsync(queue, stopping);

            // Once messages are received they are worked on, so this call is not cancelled half way.
            received = await messages.ReceiveAsync(queue, taken, HoldTime, CancellationToken.None);
        }
        finally
        {
            if (taken > received.Count)
            {
                slots.Release(taken - received.Count);
            }
        }

        foreach (QueueMessage message in received)
        {
            _ = Task.Run(() => HandleAsync(message, abandoned), CancellationToken.None);
        }
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken abandoned)
    {
        try
        {
            await SettleAsync(message, await TryRunAsync(message, abandoned));
        }
        catch (Exception exception)
        {
            // The store failed: the message comes back when its time-out is over.
            LogUnsettled(exception, function.Name, message.Id);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<Outcome> TryRunAsync(QueueMessage message, CancellationToken abandoned)
    {
        // A host that died during the last try leaves such a message behind.
        if (message.DequeueCount > settings.MaxDequeueCount)
        {
            return Outcome.Poison;
        }

        using CancellationTokenSource done = new();
        Task renewal = RenewAsync(message, done.Token);
        try
        {
            await runner.RunAsync(function, Describe(message), abandoned);
            return Outcome.Done;
        }
        catch (PayloadException exception)
        {
            LogUnreadable(exception, function.Name, message.Id);
            return Outcome.Poison;
        }
        catch (Exception exception)
        {
            LogFailure(exception, function.Name, message.Id, message.DequeueCount, settings.MaxDequeueCount);
            return message.DequeueCount >= settings.MaxDequeueCount ? Outcome.Poison : Outcome.Retry;
        }
        finally
        {
            await done.CancelAsync();
            await renewal;
        }
    }

    private Task<bool> SettleAsync(QueueMessage message, Outcome outcome) => outcome switch
    {
        Outcome.Done => messages.CompleteAsync(message, CancellationToken.None),
        Outcome.Poison => messages.MoveToPoisonAsync(message, CancellationToken.None),
        _ => messages.AbandonAsync(message, settings.VisibilityTimeout, CancellationToken.None),
    };

    private async Task RenewAsync(QueueMessage message, CancellationToken done)
    {
        try
        {
            do
            {
                await Task.Delay(RenewInterval, clock, done);
            }
            while (await messages.RenewAsync(message, HoldTime, done));
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The function has ended.
        }
    }

    // The names under which the Functions host offers them.
    private TriggerEvent Describe(QueueMessage message) => new(message.Body)
    {
        Data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["QueueTrigger"] = message.Body,
            ["Id"] = message.Id.ToString(CultureInfo.InvariantCulture),
            ["DequeueCount"] = message.DequeueCount.ToString(CultureInfo.InvariantCulture),
            ["InsertionTime"] = message.SentAt.ToString("O", CultureInfo.InvariantCulture),
        },
        Retry = new LocalRetryContext(message.DequeueCount - 1, settings.MaxDequeueCount),
        TraceParent = message.Trace,
    };

    [LoggerMessage(EventId = 3201, Level = LogLevel.Warning, Message = "Queue function {Function} failed on message {Id}, try {Attempt} of {Attempts}.")]
    private partial void LogFailure(Exception exception, string function, long id, int attempt, int attempts);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Error, Message = "Message {Id} cannot be bound by queue function {Function}; it moves to the poison queue.")]
    private partial void LogUnreadable(Exception exception, string function, long id);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Error, Message = "Message {Id} of queue function {Function} could not be settled; it comes back later.")]
    private partial void LogUnsettled(Exception exception, string function, long id);

    private enum Outcome
    {
        Done,
        Retry,
        Poison,
    }
}
