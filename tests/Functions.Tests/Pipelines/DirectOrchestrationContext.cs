using System.Reflection;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Activities;
using Trainyard.Functions.Orchestrations;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>
/// Takes an orchestration's activities at once, without an engine: inputs and answers go through JSON as they would, what
/// may be transient is tried again, and each activity can be taken twice or made to fail.
/// </summary>
internal sealed class DirectOrchestrationContext(PipelineRunActivities activities, object input) : TaskOrchestrationContext
{
    private const int MaxAttempts = 5;

    /// <summary>Takes each activity a second time and answers the second answer, as after a crash between the work and its record.</summary>
    public bool TakeTwice { get; init; }

    /// <summary>Called before an activity's attempt, with its name; what it returns is thrown instead.</summary>
    public Func<string, Exception?> Fail { get; init; } = static _ => null;

    /// <summary>Called after an activity, with its name.</summary>
    public Func<string, Task> Taken { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Completes when the run's cancellation is asked for.</summary>
    public TaskCompletionSource<string> Cancel { get; } = new();

    public List<string> Calls { get; } = [];

    public override TaskName Name => "direct";

    public override string InstanceId => "direct";

    public override string Version => $"{OrchestrationVersion.Current}";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => DateTime.UnixEpoch;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override T? GetInput<T>()
        where T : default => RoundTrip<T>(input);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        for (int attempt = 1; ; attempt++)
        {
            Calls.Add(name.Name);
            try
            {
                object? answer = await TakeAsync(name.Name, input);
                await Taken(name.Name);
                return RoundTrip<TResult>(answer)!;
            }
            catch (Exception failure) when (RunStepCaller.IsFinal(TaskFailureDetails.FromException(failure)) || attempt == MaxAttempts || options?.Retry is null)
            {
                throw new TaskFailedException(name.Name, Calls.Count, TaskFailureDetails.FromException(failure));
            }
            catch (Exception failure) when (failure is IOException or TransientProblemException)
            {
                // Transient: the next attempt follows.
            }
        }
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => (T)(object)await Cancel.Task;

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => JsonSerializer.Serialize(customStatus);

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();

    private static T? RoundTrip<T>(object? value) => JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(value));

    private async Task<object?> TakeAsync(string name, object? input)
    {
        if (Fail(name) is { } failure)
        {
            throw failure;
        }

        object? answer = await InvokeAsync(name, input);
        return TakeTwice ? await InvokeAsync(name, input) : answer;
    }

    private async Task<object?> InvokeAsync(string name, object? input)
    {
        MethodInfo method = typeof(PipelineRunActivities).GetMethod(name) ?? throw new InvalidOperationException($"There is no activity {name}.");
        Type type = method.GetParameters()[0].ParameterType;
        object? argument = JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(input), type);
        Task task = (Task)method.Invoke(activities, [argument, CancellationToken.None])!;
        await task;
        return task.GetType().GetProperty("Result")!.GetValue(task);
    }
}
