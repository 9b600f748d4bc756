using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Functions.Orchestrations;

namespace Trainyard.Functions.Tests.Pipelines;

public class DurableRunOrchestrationsTests
{
    private static readonly RunKey Run = new("default", "pipeline", "run");

    [Fact]
    public async Task StartAsync_SomebodyElseStartsItInBetween_Succeeds()
    {
        RefusingClient client = new(appearsAfterRefusal: true);

        await new DurableRunOrchestrations(client).StartAsync(Run, CancellationToken.None);

        Assert.Equal(1, client.Refusals);
    }

    [Fact]
    public async Task StartAsync_RefusedForAnotherReason_Throws()
    {
        RefusingClient client = new(appearsAfterRefusal: false);

        await Assert.ThrowsAsync<InvalidOperationException>(() => new DurableRunOrchestrations(client).StartAsync(Run, CancellationToken.None));
    }

    /// <summary>Knows no instance when it is asked first, and refuses to start one.</summary>
    private sealed class RefusingClient(bool appearsAfterRefusal) : DurableTaskClient("refusing")
    {
        public int Refusals { get; private set; }

        public override Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
        {
            Refusals++;
            throw new InvalidOperationException("An instance with this id is under way.");
        }

        public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            Task.FromResult(Refusals > 0 && appearsAfterRefusal ? new OrchestrationMetadata("run", instanceId) : null);

        public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Microsoft.DurableTask.AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
            throw new NotSupportedException();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
