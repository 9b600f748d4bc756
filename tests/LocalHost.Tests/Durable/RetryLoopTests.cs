using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Core;
using static Trainyard.LocalHost.Tests.Durable.Simulation;

namespace Trainyard.LocalHost.Tests.Durable;

public class RetryLoopTests
{
    [Fact]
    public void DelayAfter_Backoff_GrowsToTheMaximum()
    {
        RetryPolicy policy = new(10, TimeSpan.FromSeconds(2), 3, TimeSpan.FromSeconds(20));
        Assert.Equal([2, 6, 18, 20, 20], Enumerable.Range(1, 5).Select(number => RetryLoop.DelayAfter(policy, number).TotalSeconds));
        RetryPolicy endless = new(10_000, TimeSpan.FromSeconds(1), 10, Timeout.InfiniteTimeSpan);
        Assert.Equal(TimeSpan.MaxValue, RetryLoop.DelayAfter(endless, 1000));
    }

    [Fact]
    public void CallActivity_FailsTwice_SucceedsThird()
    {
        Simulation run = Run(new RetryPolicy(3, TimeSpan.FromSeconds(5), 2));
        run.Begin().Turn(Failed(0, new IOException("1"))).Turn(Fired(1)).Forget().Turn(Failed(2, new IOException("2"))).Turn(Fired(3)).Turn(Completed(4, 9));
        Assert.Equal("9", run.End!.Output);
        DateTime[] waits = [.. run.Steps.Where(step => step.Kind == HistoryEventKind.TimerCreated).Select(step => step.At)];
        Assert.Equal([Start.AddSeconds(2 + 5), Start.AddSeconds(4 + 10)], waits);
    }

    [Fact]
    public void CallActivity_AttemptsUsedUp_FailsWithTheLastFailure()
    {
        Simulation run = Run(new RetryPolicy(2, TimeSpan.FromSeconds(5)));
        run.Begin().Turn(Failed(0, new IOException("first"))).Turn(Fired(1)).Turn(Failed(2, new IOException("last")));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, run.End!.Status);
        Assert.Equal("last", run.End.Failure!.InnerFailure!.ErrorMessage);
        Assert.True(run.End.Failure.InnerFailure.IsCausedBy<IOException>());
    }

    [Fact]
    public void CallActivity_HandleFailureSaysNo_FailsAtOnce()
    {
        RetryPolicy policy = new(5, TimeSpan.FromSeconds(5)) { HandleFailure = failure => !failure.IsCausedBy<FormatException>() };
        Simulation run = Run(policy);
        run.Begin().Turn(Failed(0, new IOException("again"))).Turn(Fired(1)).Turn(Failed(2, new FormatException("never")));
        Assert.NotNull(run.End);
        Assert.Equal(3, run.Steps.Count());
    }

    [Fact]
    public void CallActivity_RetryTimeoutOver_Fails()
    {
        Simulation run = Run(new RetryPolicy(5, TimeSpan.FromSeconds(1), retryTimeout: TimeSpan.FromSeconds(2)));
        run.Begin().Turn(Failed(0, new IOException("1"))).Turn(Fired(1)).Turn(Failed(2, new IOException("2")));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, run.End!.Status);
    }

    [Fact]
    public void CallActivity_Handler_DecidesAndMayWait()
    {
        List<int> attempts = [];
        Simulation run = new(async context => await context.CallActivityAsync<int>("A", null, TaskOptions.FromRetryHandler(async retry =>
        {
            attempts.Add(retry.LastAttemptNumber);
            await retry.OrchestrationContext.CreateTimer(TimeSpan.FromSeconds(retry.LastAttemptNumber), CancellationToken.None);
            return retry.LastAttemptNumber < 2;
        })));
        run.Begin().Turn(Failed(0, new IOException("1"))).Turn(Fired(1)).Turn(Failed(2, new IOException("2"))).Turn(Fired(3));
        Assert.Equal([1, 2], attempts);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, run.End!.Status);
    }

    private static Simulation Run(RetryPolicy policy) =>
        new(async context => await context.CallActivityAsync<int>("A", null, TaskOptions.FromRetryPolicy(policy)));
}
