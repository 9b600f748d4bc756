using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>An orchestration with what the outside world does to it; the world may say everything twice, as after a crash.</summary>
internal sealed record Scenario(string Name, Action<EngineHarness> Define, OrchestrationRuntimeStatus Status, string? Output)
{
    public const string InstanceId = "main";

    /// <summary>What the world does once the instance is there.</summary>
    public Func<DurableTaskClient, Task> Meanwhile { get; init; } = _ => Task.CompletedTask;

    public override string ToString() => Name;

    public static IEnumerable<Scenario> All =>
    [
        Sequence(5), FanOut(12), Generations(6), TimerBeatsEvent, EventBeatsTimer, Nested, Retries, Poison, ChildFails,
        TerminatedMidway, SuspendedMidway, EarlyEvents, Versioned, Messenger,
    ];

    public static Scenario Sequence(int steps) => Completed($"Sequence {steps}", $"{steps}", harness => harness
        .Activity<int>("Increment", value => value + 1)
        .Orchestrator("Main", async context =>
        {
            int value = 0;
            for (int step = 0; step < steps; step++)
            {
                value = await context.CallActivityAsync<int>("Increment", value);
            }

            return value;
        }));

    public static Scenario FanOut(int width) => Completed($"FanOut {width}", $"{width * (width - 1) / 2}", harness => harness
        .Activity<int>("Echo", value => value)
        .Orchestrator("Main", async context =>
            (await Task.WhenAll(Enumerable.Range(0, width).Select(part => context.CallActivityAsync<int>("Echo", part)))).Sum()));

    public static Scenario Generations(int count) => Completed($"Generations {count}", $"{count}", harness => harness
        .Activity<int>("Increment", value => value + 1)
        .Orchestrator("Main", async context =>
        {
            int value = await context.CallActivityAsync<int>("Increment", context.GetInput<int>());
            if (value < count)
            {
                context.ContinueAsNew(value);
            }

            return value;
        }));

    private static Scenario TimerBeatsEvent => Completed("Timer beats event", "\"late\"", harness => harness
        .Activity<string>("Note", text => text)
        .Orchestrator("Main", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("never", TimeSpan.FromHours(3));
            }
            catch (TaskCanceledException)
            {
                return await context.CallActivityAsync<string>("Note", "late");
            }
        }));

    private static Scenario EventBeatsTimer => Completed("Event beats timer", "\"early\"", harness => harness
        .Activity<string>("Note", text => text)
        .Orchestrator("Main", async context =>
        {
            // The gate opens when the event is on disk for sure, so the timer cannot win.
            await context.WaitForExternalEvent<string>("gate");
            string word = await context.WaitForExternalEvent<string>("word", TimeSpan.FromHours(3));
            return await context.CallActivityAsync<string>("Note", word);
        })) with
    {
        Meanwhile = async client =>
        {
            await client.RaiseEventAsync(InstanceId, "word", "early");
            await client.RaiseEventAsync(InstanceId, "gate", "open");
        },
    };

    private static Scenario Nested => Completed("Nested", "14", harness => harness
        .Activity<int>("Square", value => value * value)
        .Orchestrator("Leaf", async context => await context.CallActivityAsync<int>("Square", context.GetInput<int>()))
        .Orchestrator("Branch", async context =>
        {
            int[] leaves = await Task.WhenAll(Enumerable.Range(1, 2).Select(part => context.CallSubOrchestratorAsync<int>("Leaf", part)));
            return leaves.Sum();
        })
        .Orchestrator("Main", async context =>
        {
            int branch = await context.CallSubOrchestratorAsync<int>("Branch", null, new SubOrchestrationOptions(instanceId: "branch"));
            int leaf = await context.CallSubOrchestratorAsync<int>("Leaf", 3);
            return branch + leaf;
        }));

    private static Scenario Retries => Completed("Retries", "3", harness => harness
        .Activity<int>("Fragile", value => value < 2 ? throw new IOException($"attempt {value}") : value + 1)
        .Orchestrator("Main", async context =>
        {
            int attempt = 0;
            for (; ; attempt++)
            {
                try
                {
                    return await context.CallActivityAsync<int>(
                        "Fragile", attempt, TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromSeconds(1), 2)));
                }
                catch (TaskFailedException failure) when (failure.FailureDetails.IsCausedBy<IOException>())
                {
                    await context.CreateTimer(TimeSpan.FromSeconds(10), CancellationToken.None);
                }
            }
        }));

    private static Scenario Poison => new(
        "Poison",
        harness => harness
            .Activity<int>("Poison", _ => throw new InvalidDataException("always"))
            .Orchestrator("Main", async context => await context.CallActivityAsync<int>(
                "Poison", 0, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromSeconds(1), 2)))),
        OrchestrationRuntimeStatus.Failed,
        null);

    private static Scenario ChildFails => Completed("Child fails", "\"System.IO.InvalidDataException: always\"", harness => harness
        .Activity<int>("Poison", _ => throw new InvalidDataException("always"))
        .Orchestrator("Child", async context => await context.CallActivityAsync<int>("Poison", 0))
        .Orchestrator("Main", async context =>
        {
            try
            {
                return await context.CallSubOrchestratorAsync<string>("Child");
            }
            catch (TaskFailedException failure)
            {
                return failure.FailureDetails.InnerFailure!.ToString();
            }
        }));

    private static Scenario TerminatedMidway => new(
        "Terminated midway",
        harness => harness
            .Activity<int>("Echo", value => value)
            .Orchestrator("Main", async context =>
            {
                await context.CallActivityAsync<int>("Echo", 1);
                await context.WaitForExternalEvent<string>("never");
                return 0;
            }),
        OrchestrationRuntimeStatus.Terminated,
        "\"enough\"")
    {
        Meanwhile = client => client.TerminateInstanceAsync(InstanceId, new TerminateInstanceOptions("enough")),
    };

    private static Scenario SuspendedMidway => Completed("Suspended midway", "\"on\"", harness => harness
        .Activity<string>("Note", text => text)
        .Orchestrator("Main", async context =>
        {
            string word = await context.WaitForExternalEvent<string>("word");
            return await context.CallActivityAsync<string>("Note", word);
        })) with
    {
        Meanwhile = async client =>
        {
            await client.SuspendInstanceAsync(InstanceId, "wait");
            await client.RaiseEventAsync(InstanceId, "word", "on");
            await client.ResumeInstanceAsync(InstanceId, "go on");
        },
    };

    private static Scenario EarlyEvents => Completed("Early events", "\"a,b,c\"", harness => harness
        .Activity<string>("Note", text => text)
        .Orchestrator("Main", async context =>
        {
            List<string> words = [];
            foreach (string name in (string[])["first", "second", "third"])
            {
                await context.CallActivityAsync<string>("Note", name);
                words.Add(await context.WaitForExternalEvent<string>(name));
            }

            return string.Join(",", words);
        })) with
    {
        Meanwhile = async client =>
        {
            await client.RaiseEventAsync(InstanceId, "third", "c");
            await client.RaiseEventAsync(InstanceId, "second", "b");
            await client.RaiseEventAsync(InstanceId, "first", "a");
        },
    };

    private static Scenario Versioned => Completed("Versioned", "\"1-2\"", harness => harness
        .Orchestrator("Child", context => Task.FromResult<object?>(context.Version))
        .Orchestrator("Main", async context =>
        {
            if (context.Version.Length == 0)
            {
                context.ContinueAsNew(new ContinueAsNewOptions { NewVersion = "1" });
                return null;
            }

            string child = await context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions { Version = "2" });
            return $"{context.Version}-{child}";
        }));

    private static Scenario Messenger => Completed("Messenger", "\"hello\"", harness => harness
        .Orchestrator("Child", async context =>
        {
            context.SendEvent(context.Parent!.InstanceId, "greeting", "hello");
            await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            return null;
        })
        .Orchestrator("Main", async context =>
        {
            Task child = context.CallSubOrchestratorAsync("Child");
            string greeting = await context.WaitForExternalEvent<string>("greeting");
            context.SetCustomStatus(greeting);
            await child;
            return greeting;
        }));

    private static Scenario Completed(string name, string output, Action<EngineHarness> define) =>
        new(name, define, OrchestrationRuntimeStatus.Completed, output);
}
