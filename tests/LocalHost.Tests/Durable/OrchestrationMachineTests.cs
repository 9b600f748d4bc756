using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Core;
using static Trainyard.LocalHost.Tests.Durable.Simulation;

namespace Trainyard.LocalHost.Tests.Durable;

public class OrchestrationMachineTests
{
    [Fact]
    public void Advance_FirstTurn_SchedulesInOrderOfCalls()
    {
        Simulation run = new(async context =>
        {
            Task<int> first = context.CallActivityAsync<int>("A", 1);
            Task<int> second = context.CallActivityAsync<int>("B", 2);
            return await first + await second;
        });
        run.Begin();
        Assert.Equal([("A", 0), ("B", 1)], run.Steps.Select(step => (step.Name!, step.TaskId)));
        run.Turn(Completed(1, 20), Completed(0, 1));
        Assert.Equal("21", run.End!.Output);
    }

    [Fact]
    public void Advance_ThrowBeforeFirstAwait_Fails()
    {
        Simulation run = new(_ => throw new InvalidOperationException("no"));
        run.Begin();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, run.End!.Status);
        Assert.Equal("System.InvalidOperationException", run.End.Failure!.ErrorType);
    }

    [Fact]
    public void Cancel_TimerFromOutsideATurn_DoesNotThrowThereAndFailsTheOrchestration()
    {
        using CancellationTokenSource source = new();
        Simulation run = new(async context =>
        {
            await context.CreateTimer(TimeSpan.FromMinutes(1), source.Token);
            return 1;
        });
        run.Begin();
        source.Cancel();
        run.Turn(Fired(0));
        Assert.Equal("orchestrator_awaits_outside", run.End!.Failure!.ErrorType);
        Assert.Contains("CancelAfter", run.End.Failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancel_EventWaitFromOutsideATurn_DoesNotThrowThereAndFailsTheOrchestration()
    {
        using CancellationTokenSource source = new();
        Simulation run = new(async context => await context.WaitForExternalEvent<string>("go", source.Token));
        run.Begin();
        source.Cancel();
        run.Turn(Raised("go", "x"));
        Assert.Equal("orchestrator_awaits_outside", run.End!.Failure!.ErrorType);
    }

    [Fact]
    public void Replay_AtEveryPoint_EndsTheSame()
    {
        Func<TaskOrchestrationContext, Task<object?>> code = async context =>
        {
            List<string> seen = [context.NewGuid().ToString(), context.CurrentUtcDateTime.ToString("o")];
            for (int step = 0; step < 3; step++)
            {
                seen.Add(await context.CallActivityAsync<string>("A", step));
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
                seen.Add(context.NewGuid().ToString());
            }

            return string.Join(",", seen);
        };
        HistoryEvent[] script = [Completed(0, "x"), Fired(1), Completed(2, "y"), Fired(3), Completed(4, "z"), Fired(5)];
        string?[] outputs = [.. Enumerable.Range(0, script.Length + 1).Select(forgetAt =>
        {
            Simulation run = new(code);
            run.Begin();
            for (int at = 0; at < script.Length; at++)
            {
                _ = at == forgetAt ? run.Forget() : run;
                run.Turn(script[at]);
            }

            return run.End!.Output;
        })];
        Assert.Single(outputs.Distinct(StringComparer.Ordinal));
        Assert.NotNull(outputs[0]);
    }

    [Fact]
    public void Replay_OtherActivity_NamesStepExpectedAndFound()
    {
        bool changed = false;
        Simulation run = new(async context => await context.CallActivityAsync<int>(changed ? "New" : "Old"));
        run.Begin();
        changed = true;
        NonDeterminismException error = Assert.Throws<NonDeterminismException>(run.Forget);
        Assert.Equal("step 0 ActivityScheduled 'Old'", error.Expected);
        Assert.Equal("step 0 ActivityScheduled 'New'", error.Found);
        Assert.Contains("expected step 0 ActivityScheduled 'Old', found step 0 ActivityScheduled 'New'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_OtherKind_NamesBoth()
    {
        bool changed = false;
        Simulation run = new(async context =>
        {
            await (changed ? context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None) : context.CallActivityAsync("Old"));
            return null;
        });
        run.Begin();
        changed = true;
        Assert.Equal("step 0 TimerCreated", Assert.Throws<NonDeterminismException>(run.Forget).Found);
    }

    [Fact]
    public void Replay_StepMissing_SaysNoFurtherStep()
    {
        bool changed = false;
        Simulation run = new(async context =>
        {
            Task first = context.CallActivityAsync("A");
            Task second = changed ? Task.CompletedTask : context.CallActivityAsync("B");
            await Task.WhenAll(first, second);
            return null;
        });
        run.Begin();
        changed = true;
        NonDeterminismException error = Assert.Throws<NonDeterminismException>(run.Forget);
        Assert.Equal(("step 1 ActivityScheduled 'B'", "no further step"), (error.Expected, error.Found));
    }

    [Fact]
    public void Advance_StepAdded_SaysNoFurtherStepExpected()
    {
        bool changed = false;
        Simulation run = new(async context =>
        {
            Task first = context.CallActivityAsync("A");
            await Task.WhenAll(first, changed ? context.CallActivityAsync("B") : Task.CompletedTask);
            return null;
        });
        run.Begin();
        changed = true;
        run.Forget();
        NonDeterminismException error = Assert.Throws<NonDeterminismException>(() => run.Turn(Completed(0, null)));
        Assert.Equal(("no further step", "step 1 ActivityScheduled 'B'"), (error.Expected, error.Found));
    }

    [Fact]
    public void WaitForExternalEvent_Early_IsBufferedInOrder()
    {
        Simulation run = new(async context =>
        {
            await context.CallActivityAsync("A");
            int first = await context.WaitForExternalEvent<int>("go");
            int second = await context.WaitForExternalEvent<int>("GO");
            return (first * 10) + second;
        });
        run.Begin().Turn(Raised("go", 1), Raised("Go", 2)).Turn(Completed(0, null));
        Assert.Equal("12", run.End!.Output);
    }

    [Fact]
    public void WaitForExternalEvent_SeveralWaiters_NewestFirstAndCancelledNever()
    {
        Simulation run = new(async context =>
        {
            using CancellationTokenSource cancelled = new();
            Task<int> oldest = context.WaitForExternalEvent<int>("go");
            Task<int> newer = context.WaitForExternalEvent<int>("go");
            Task<int> abandoned = context.WaitForExternalEvent<int>("go", cancelled.Token);
            cancelled.Cancel();
            await Task.WhenAll(oldest, newer);
            return $"{oldest.Result},{newer.Result},{abandoned.Status}";
        });
        run.Begin().Turn(Raised("go", 1)).Turn(Raised("go", 2));
        Assert.Equal("\"2,1,Canceled\"", run.End!.Output);
    }

    [Fact]
    public void CreateTimer_Cancelled_IsNamedInTheTurn()
    {
        Simulation run = new(async context =>
        {
            using CancellationTokenSource source = new();
            Task timer = context.CreateTimer(TimeSpan.FromHours(1), source.Token);
            await context.WaitForExternalEvent<string>("stop");
            source.Cancel();
            await context.CallActivityAsync("A");
            return timer.IsCanceled ? "cancelled" : "open";
        });
        run.Begin().Turn(Raised("stop", "now"));
        Assert.Equal([0], run.Last!.CancelledTimers);
        run.Forget().Turn(Completed(1, null));
        Assert.Equal("\"cancelled\"", run.End!.Output);
    }

    [Fact]
    public void Advance_Suspended_HoldsBackUntilResumed()
    {
        Simulation run = new(async context => await context.CallActivityAsync<int>("A"));
        run.Begin().Turn(new HistoryEvent(HistoryEventKind.Suspended), Completed(0, 7));
        Assert.True(run.Last!.IsSuspended);
        Assert.Null(run.End);
        run.Forget().Turn(new HistoryEvent(HistoryEventKind.Resumed));
        Assert.Equal("7", run.End!.Output);
    }

    [Fact]
    public void Advance_TerminatedWhileSuspended_Ends()
    {
        Simulation run = new(async context => await context.CallActivityAsync<int>("A"));
        run.Begin().Turn(new HistoryEvent(HistoryEventKind.Suspended)).Turn(new HistoryEvent(HistoryEventKind.Terminated, Data: "\"why\""));
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"why\""), (run.End!.Status, run.End.Output));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public void ContinueAsNew_UnprocessedEvents_AreCarriedOnRequest(bool preserve, int carried)
    {
        Simulation run = new(async context =>
        {
            await context.WaitForExternalEvent<string>("go");
            context.ContinueAsNew(5, preserve);
            return null;
        });
        run.Begin().Turn(Raised("other", 1), Raised("go", "x"), Raised("late", 2));
        Assert.Equal((ExecutionEnd.ContinuedAsNew, "5"), (run.End!.Status, run.End.Output));
        Assert.Equal(carried, run.End.CarriedEvents.Count);
    }

    [Fact]
    public void ContinueAsNew_TerminatedInTheSameTurn_IsCarried()
    {
        Simulation run = new(async context =>
        {
            await context.WaitForExternalEvent<string>("go");
            context.ContinueAsNew(null, preserveUnprocessedEvents: false);
            return null;
        });
        run.Begin().Turn(Raised("go", "x"), new HistoryEvent(HistoryEventKind.Terminated));
        Assert.Equal(HistoryEventKind.Terminated, Assert.Single(run.End!.CarriedEvents).Kind);
    }

    [Fact]
    public void Advance_AwaitOfForeignTask_FailsWithRemedy()
    {
        TaskCompletionSource<int> foreign = new();
        Simulation run = new(async _ => await foreign.Task);
        run.Begin();
        Assert.Equal("orchestrator_awaits_outside", run.End!.Failure!.ErrorType);
    }

    [Fact]
    public void Context_UsedFromAnotherThread_Throws()
    {
        TaskOrchestrationContext? leaked = null;
        Simulation run = new(async context =>
        {
            leaked = context;
            await context.WaitForExternalEvent<string>("never");
            return null;
        });
        run.Begin();
        Assert.Throws<InvalidOperationException>(() => leaked!.SetCustomStatus("x"));
    }

    [Fact]
    public void SetCustomStatus_TooLarge_FailsWithCode()
    {
        OrchestrationMachine machine = Build(
            context =>
            {
                context.SetCustomStatus(new string('x', 100));
                return Task.FromResult<object?>(null);
            },
            OrchestrationLimits.Default with { CustomStatusCharacters = 50 });
        Turn turn = machine.Advance(Start, [new HistoryEvent(HistoryEventKind.ExecutionStarted)]);
        Assert.Contains("102 characters", turn.End!.Failure!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void CallActivity_InputTooLarge_FailsWithRemedy()
    {
        OrchestrationMachine machine = Build(
            async context => await context.CallActivityAsync<int>("A", new string('x', 100)),
            OrchestrationLimits.Default with { PayloadCharacters = 50 });
        Turn turn = machine.Advance(Start, [new HistoryEvent(HistoryEventKind.ExecutionStarted)]);
        Assert.Contains("input of activity 'A' has 102 characters of JSON; at most 50", turn.End!.Failure!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_LongText_IsCut()
    {
        TaskFailureDetails failure = Failures.FromException(new InvalidOperationException(new string('x', 1000)), 10);
        Assert.Equal("xxxxxxxxxx … (cut)", failure.ErrorMessage);
    }

    [Fact]
    public void NewGuid_IsVersion5AndDiffersPerCall()
    {
        Guid first = DeterministicGuid.Create("id", Start, 0);
        Assert.Equal(first, DeterministicGuid.Create("id", Start, 0));
        Assert.NotEqual(first, DeterministicGuid.Create("id", Start, 1));
        Assert.Equal((5, 0b10), (first.Version, first.Variant >> 2));
    }

    [Fact]
    public void ReplaySafeLogger_WhileReplaying_IsSilent()
    {
        int spoken = 0;
        Simulation run = new(async context =>
        {
            spoken += context.IsReplaying ? 0 : 1;
            await context.CallActivityAsync("A");
            spoken += context.IsReplaying ? 0 : 1;
            await context.CallActivityAsync("B");
            return null;
        });
        run.Begin().Turn(Completed(0, null)).Forget().Turn(Completed(1, null));
        Assert.Equal(2, spoken);
        Assert.NotNull(run.End);
    }
}
