using Microsoft.DurableTask;
using Trainyard.LocalHost.Durable.Core;
using Xunit.Abstractions;
using static Trainyard.LocalHost.Tests.Durable.Simulation;

namespace Trainyard.LocalHost.Tests.Durable;

public class InterleavingTests(ITestOutputHelper output)
{
    private const int Seed = 20260101;
    private const int Rounds = 500;
    private const int Parts = 6;

    [Fact]
    public void Advance_AnyOrderAnyBatchingAnyForgetting_GivesTheSameOutput()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        for (int round = 0; round < Rounds; round++)
        {
            Simulation run = new(GatherAsync);
            run.Begin();
            HistoryEvent[] arrivals = [.. Enumerable.Range(0, Parts).Select(part => Completed(part, part * part)), .. Enumerable.Range(0, Parts).Select(part => Raised($"event{part}", part))];
            random.Shuffle(arrivals);
            for (int at = 0; at < arrivals.Length;)
            {
                int size = random.Next(1, arrivals.Length - at + 1);
                _ = random.Next(3) == 0 ? run.Forget() : run;
                run.Turn(arrivals[at..(at + size)]);
                at += size;
            }

            Assert.True(run.End?.Output == "70", $"round {round}: {run.End}");
        }
    }

    private static async Task<object?> GatherAsync(TaskOrchestrationContext context)
    {
        Task<int>[] activities = [.. Enumerable.Range(0, Parts).Select(part => context.CallActivityAsync<int>("Square", part))];
        Task<int>[] events = [.. Enumerable.Range(0, Parts).Select(part => context.WaitForExternalEvent<int>($"event{part}"))];
        int[] results = await Task.WhenAll(activities.Concat(events));
        return results.Sum();
    }
}
