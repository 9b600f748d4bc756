using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Tests.Durable;

public class ActivityPumpTests
{
    private static readonly PendingActivity Call = new("one", 1, 0, "Work", null);

    [Fact]
    public async Task Add_TheSameCallWhileItWaitsOrRuns_RunsItOnceUntilItsOutcomeIsTold()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Channel<Delivery> told = Channel.CreateUnbounded<Delivery>();
        int runs = 0;
        DurableCatalog catalog = new();
        catalog.AddActivity("Work", async (_, _) =>
        {
            await release.Task;
            return ++runs;
        });
        DurableOptions options = new("unused.db") { MaxConcurrentActivities = 1 };
        ActivityRestarts restarts = new(() => throw new InvalidOperationException("What was not found at a start is not counted."), 0, NullLogger.Instance);
        ActivityPump pump = new(catalog, options, restarts, TimeProvider.System, delivery => told.Writer.TryWrite(delivery), NullLogger.Instance);
        pump.Add(Call);
        pump.Start();
        pump.Add(Call);
        pump.Add(Call with { TaskId = 1 });
        release.SetResult();
        Assert.Equal([(0, "1"), (1, "2")], [await NextAsync(told), await NextAsync(told)]);

        pump.Add(Call);

        Assert.Equal((0, "3"), await NextAsync(told));
        await pump.StopAsync(EngineHarness.Patience, CancellationToken.None);
        Assert.False(told.Reader.TryRead(out _));
    }

    private static async Task<(int TaskId, string? Result)> NextAsync(Channel<Delivery> told)
    {
        Delivery next = await told.Reader.ReadAsync().AsTask().WaitAsync(EngineHarness.Patience);
        return (next.Event.TaskId, next.Event.Data);
    }
}
