using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.LocalHost.Durable;

namespace Trainyard.Benchmarks.Durable;

/// <summary>An engine on a folder, with the orchestrations that are measured. Activities do nothing.</summary>
internal sealed class DurableRig : IAsyncDisposable
{
    /// <summary>Activities of one round of the fan-out.</summary>
    public const int Width = 50;

    private readonly DurableEngine engine;

    private DurableRig(string folder, Action<int>? progress)
    {
        DurableCatalog catalog = new();
        catalog.AddActivity("Nothing", (_, _) => Task.FromResult<object?>(null));
        catalog.AddOrchestrator("Chain", context => ChainAsync(context));
        catalog.AddOrchestrator("ChainThenWait", async context =>
        {
            await ChainAsync(context);
            return await context.WaitForExternalEvent<string>("go");
        });
        catalog.AddOrchestrator("FanOut", async context =>
        {
            for (int round = 0; round < context.GetInput<int>(); round++)
            {
                await Task.WhenAll(Enumerable.Range(0, Width).Select(_ => context.CallActivityAsync("Nothing")));
                progress?.Invoke((round + 1) * Width);
            }

            return null;
        });
        engine = new DurableEngine(catalog, new DurableOptions(Path.Combine(folder, "durable.db")), TimeProvider.System, NullLoggerFactory.Instance);
        Client = new LocalDurableTaskClient(engine);
    }

    public LocalDurableTaskClient Client { get; }

    public static async Task<DurableRig> OpenAsync(string folder, Action<int>? progress = null)
    {
        DurableRig rig = new(folder, progress);
        await rig.engine.StartAsync(CancellationToken.None);
        return rig;
    }

    public async Task RunAsync(string name, int input)
    {
        string id = await Client.ScheduleNewOrchestrationInstanceAsync(name, input);
        OrchestrationMetadata end = await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        if (end.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
        {
            throw new InvalidOperationException($"{name} ended as {end.RuntimeStatus}: {end.FailureDetails}");
        }
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private static async Task<object?> ChainAsync(TaskOrchestrationContext context)
    {
        int steps = context.GetInput<int>();
        for (int step = 0; step < steps; step++)
        {
            await context.CallActivityAsync("Nothing");
        }

        return null;
    }
}
