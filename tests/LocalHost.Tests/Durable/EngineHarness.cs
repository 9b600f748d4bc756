using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.LocalHost.Durable.Storage;
using Trainyard.Testing;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>An engine on a file of its own, with a catalog that a test fills. Reopening takes the same file.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Crashes here are simulated, so what a flush costs is beside the point.
    private readonly string folder = ScratchFolder.Create("durable-");

    public EngineHarness(TimeProvider? time = null)
    {
        Time = time ?? new LeapingTimeProvider();
        Options = new DurableOptions(Path.Combine(folder, "durable.db")) { DrainTimeout = TimeSpan.Zero };
    }

    public TimeProvider Time { get; }

    public DurableCatalog Catalog { get; } = new();

    public CollectingLoggers Logged { get; } = new();

    public DurableOptions Options { get; set; }

    public DurableEngine Engine { get; private set; } = null!;

    public LocalDurableTaskClient Client { get; private set; } = null!;

    /// <summary>How often each activity began, by name and serialized input.</summary>
    public ConcurrentDictionary<string, int> Calls { get; } = new(StringComparer.Ordinal);

    public EngineHarness Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> code)
    {
        Catalog.AddOrchestrator(name, code);
        return this;
    }

    public EngineHarness Activity<T>(string name, Func<T, object?> code) => Activity<T>(name, (input, _) => Task.FromResult(code(input)));

    public EngineHarness Activity<T>(string name, Func<T, CancellationToken, Task<object?>> code)
    {
        Catalog.AddActivity(name, (call, token) =>
        {
            Calls.AddOrUpdate($"{name} {call.SerializedInput}", 1, (_, count) => count + 1);
            return code(DurableJson.Converter.Deserialize<T>(call.SerializedInput)!, token);
        });
        return this;
    }

    public async Task<EngineHarness> OpenAsync(ICommitObserver? observer = null)
    {
        Engine = new DurableEngine(Catalog, Options, Time, Logged, observer);
        Client = new LocalDurableTaskClient(Engine);
        await Engine.StartAsync(CancellationToken.None);
        return this;
    }

    public async Task<EngineHarness> ReopenAsync()
    {
        await Engine.DisposeAsync();
        return await OpenAsync();
    }

    public async Task<string> StartAsync(string name, object? input = null, string? instanceId = null) =>
        await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(instanceId));

    public async Task<OrchestrationMetadata> EndAsync(string instanceId)
    {
        using CancellationTokenSource patience = new(Patience);
        return await Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, patience.Token);
    }

    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? instanceId = null) =>
        await EndAsync(await StartAsync(name, input, instanceId));

    /// <summary>Waits until an instance shows what the test waits for.</summary>
    public async Task<OrchestrationMetadata> UntilAsync(string instanceId, Func<OrchestrationMetadata, bool> shows)
    {
        using CancellationTokenSource patience = new(Patience);
        return await Engine.Watch.WaitAsync(
            instanceId, async token => (await Client.GetInstanceAsync(instanceId, true, token))!, shows, patience.Token);
    }

    public async Task<List<HistoryEvent>> HistoryAsync(string instanceId)
    {
        List<HistoryEvent> history = [];
        InstanceRow? row = await Engine.Store.FindAsync(instanceId, CancellationToken.None);
        await Engine.Store.ReadHistoryAsync(row!, history.Add, CancellationToken.None);
        return history;
    }

    public async Task<PendingWork> PendingAsync() => await Engine.Store.ReadPendingAsync(null, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (Engine is not null)
        {
            await Engine.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
