using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Durable;

/// <summary>Runs orchestrations and activities on one SQLite file. Thread safe.</summary>
/// <remarks>
/// A turn's history, the work it calls for and the state of its instance are stored in one transaction, and only then
/// carried out: a process that dies loses nothing that was recorded and repeats no recorded step. An activity whose
/// outcome was not recorded runs again. One engine at a time may use a file.
/// </remarks>
internal sealed class DurableEngine : IAsyncDisposable
{
    private readonly DurableOptions options;
    private readonly DurableCatalog catalog;
    private readonly ILoggerFactory loggers;
    private readonly ILogger logger;
    private readonly ICommitObserver? observer;
    private readonly SlotTable slots;
    private readonly ActivityRestarts restarts;
    private readonly ActivityPump pump;
    private readonly CancellationTokenSource closing = new();
    private DurableStore? store;
    private TimerQueue? timers;
    private TurnRunner? turns;
    private Task? stopped;

    /// <summary>An engine that stands still.</summary>
    /// <param name="catalog">What it can run; complete before the start.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where it and its orchestrators log.</param>
    /// <param name="observer">Sees every commit; null outside tests.</param>
    /// <exception cref="DurableException"><c>setting_out_of_range</c>; the message names the setting.</exception>
    public DurableEngine(DurableCatalog catalog, DurableOptions options, TimeProvider time, ILoggerFactory loggers, ICommitObserver? observer = null)
    {
        options.Validate();
        this.catalog = catalog;
        this.options = options;
        this.loggers = loggers;
        this.observer = observer;
        Time = time;
        logger = loggers.CreateLogger<DurableEngine>();
        slots = new SlotTable(options.CachedSessions);
        restarts = new ActivityRestarts(() => Store, options.MaxActivityRestarts, logger);
        pump = new ActivityPump(catalog, options, restarts, time, Post, logger);
    }

    /// <summary>How it runs.</summary>
    public DurableOptions Options => options;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Wakes those who wait for an instance.</summary>
    public InstanceWatch Watch { get; } = new();

    /// <summary>The engine's file.</summary>
    /// <exception cref="InvalidOperationException">The engine was not started.</exception>
    public DurableStore Store => store ?? throw new InvalidOperationException("The durable engine was not started.");

    /// <summary>Opens the file and carries on with what was recorded and not carried out.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        store = await DurableStore.OpenAsync(options.DatabasePath, observer, cancellationToken);
        timers = new TimerQueue(Time, Post);
        turns = new TurnRunner(store, catalog, options, Time, loggers);
        PendingWork pending = await store.ReadPendingAsync(null, cancellationToken);
        DurableLog.Started(logger, pending.Deliveries.Count, pending.Activities.Count);
        Resume(pending.Deliveries);
        foreach (PendingActivity activity in pending.Activities)
        {
            pump.AddFound(activity);
        }

        pump.Start();
    }

    /// <summary>Begins nothing further, waits for activities that run and records their outcomes.</summary>
    /// <param name="cancellationToken">Cuts the waiting short: activities that run are cancelled, and run again at the next start.</param>
    public Task StopAsync(CancellationToken cancellationToken) => stopped ??= DrainAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        store?.Dispose();
        closing.Dispose();
    }

    /// <summary>Sends a recorded delivery on its way, at once or when it is due.</summary>
    public void Dispatch(Delivery delivery)
    {
        if (delivery.Due > Time.GetUtcNow().UtcDateTime)
        {
            timers!.Add(delivery);
        }
        else
        {
            Post(delivery);
        }
    }

    private void Post(Delivery delivery)
    {
        if (slots.Post(delivery) is { } slot)
        {
            // The slot outlives this delivery: what follows belongs to nobody's request, neither in traces nor in logs.
            ThreadPool.UnsafeQueueUserWorkItem(static run => _ = run.Engine.RunAsync(run.Slot), (Engine: this, Slot: slot), preferLocal: true);
        }
    }

    private void Resume(PendingWork pending)
    {
        Resume(pending.Deliveries);
        foreach (PendingActivity activity in pending.Activities)
        {
            pump.Add(activity);
        }
    }

    private void Resume(IReadOnlyList<Delivery> deliveries)
    {
        foreach (Delivery delivery in deliveries)
        {
            Dispatch(delivery);
        }
    }

    private async Task RunAsync(InstanceSlot slot)
    {
        while (slots.Take(slot) is { } mail)
        {
            try
            {
                if (await turns!.RunAsync(slot, mail) is var (turn, stored))
                {
                    CarryOut(turn, stored);
                }
            }
            catch (Exception exception)
            {
                await RecoverAsync(slot, exception);
            }
        }
    }

    private void CarryOut(Turn turn, StoredTurn stored)
    {
        foreach (int timer in turn.CancelledTimers)
        {
            timers!.Cancel(stored.Execution, timer);
        }

        if (turn.End?.Status == OrchestrationRuntimeStatus.Terminated)
        {
            pump.Skip(stored.Execution);
        }

        if (stored.Instance.IsEnded)
        {
            DurableSpans.TellOfEnded(stored.Instance, Time.GetUtcNow());
        }

        if (turn.End?.Failure is { } failure && stored.Instance.Parent is null)
        {
            DurableLog.Failed(logger, stored.Instance.Name, stored.Instance.InstanceId, failure.ErrorType, failure.ErrorMessage);
        }
        else if (stored.Instance.IsEnded)
        {
            DurableLog.Ended(logger, stored.Instance.Name, stored.Instance.InstanceId, stored.Instance.Status);
        }

        Resume(new PendingWork(stored.Deliveries, stored.Activities));
        Watch.Notify(stored.Instance.InstanceId);
    }

    // What is in memory cannot be trusted after a failure: everything recorded of the instance is read again.
    private async Task RecoverAsync(InstanceSlot slot, Exception failure)
    {
        slot.Session = null;
        bool overtaken = failure is DurableException { Code: TurnWriter.OvertakenCode };
        while (!closing.IsCancellationRequested)
        {
            try
            {
                if (!overtaken)
                {
                    DurableLog.TurnFailed(logger, slot.InstanceId, options.StoreRetryDelay, failure);
                    await Task.Delay(options.StoreRetryDelay, Time, closing.Token);
                }

                Resume(await Store.ReadPendingAsync(slot.InstanceId, closing.Token));
                return;
            }
            catch (OperationCanceledException) when (closing.IsCancellationRequested)
            {
                // The next start reads it.
                return;
            }
            catch (Exception again)
            {
                (failure, overtaken) = (again, false);
            }
        }
    }

    private async Task DrainAsync(CancellationToken hurry)
    {
        timers?.Dispose();
        await pump.StopAsync(options.DrainTimeout, hurry);
        slots.Drain();
        await closing.CancelAsync();
        await slots.WhenQuietAsync();
        await restarts.TakeBackAsync();
    }
}
