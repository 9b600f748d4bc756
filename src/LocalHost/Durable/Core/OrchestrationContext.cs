using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Trainyard.LocalHost.Durable.Core;

/// <summary>What an orchestrator sees of its <see cref="OrchestrationMachine"/>.</summary>
internal sealed class OrchestrationContext(
    OrchestrationMachine machine, OrchestrationIdentity identity, PayloadCodec codec, ILoggerFactory loggers) : TaskOrchestrationContext
{
    private int guidCounter;

    /// <summary>The input as JSON, or null.</summary>
    public string? SerializedInput { get; set; }

    /// <inheritdoc />
    public override TaskName Name { get; } = new(identity.Name);

    /// <inheritdoc />
    public override string InstanceId => identity.InstanceId;

    /// <inheritdoc />
    public override string Version => identity.Version;

    /// <inheritdoc />
    public override ParentOrchestrationInstance? Parent => identity.Parent;

    /// <inheritdoc />
    public override DateTime CurrentUtcDateTime => machine.Now;

    /// <inheritdoc />
    public override bool IsReplaying => machine.IsReplaying;

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, object?> Properties { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override ILoggerFactory LoggerFactory => loggers;

    /// <summary>The text of a payload.</summary>
    public string? Serialize(object? value, string what) => codec.Serialize(value, what);

    /// <inheritdoc />
    public override T? GetInput<T>()
        where T : default => codec.Deserialize<T>(SerializedInput);

    /// <inheritdoc />
    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        ThrowIfOptionsAsInput(input, options);
        HistoryEvent step = new(HistoryEventKind.ActivityScheduled, Name: RequireName(name), Data: Serialize(input, $"input of activity '{name}'"));
        return codec.Deserialize<TResult>(await RetryLoop.RunAsync(this, options?.Retry, () => machine.Issue(step)))!;
    }

    /// <inheritdoc />
    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        ThrowIfOptionsAsInput(input, options);
        var own = options as SubOrchestrationOptions;
        string instanceId = own?.InstanceId ?? NewGuid().ToString("N");
        HistoryEvent step = new(
            HistoryEventKind.SubOrchestrationScheduled,
            Name: RequireName(orchestratorName),
            Data: Serialize(input, $"input of sub-orchestration '{orchestratorName}'"))
        {
            Detail = instanceId,
            Version = own?.Version?.Version ?? identity.DefaultVersion,
        };
        return codec.Deserialize<TResult>(await RetryLoop.RunAsync(this, options?.Retry, () => machine.Issue(step)))!;
    }

    /// <inheritdoc />
    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTime utc = fireAt.Kind == DateTimeKind.Local ? fireAt.ToUniversalTime() : DateTime.SpecifyKind(fireAt, DateTimeKind.Utc);
        Task<string?> timer = machine.Issue(new(HistoryEventKind.TimerCreated) { At = utc });
        await using CancellationTokenRegistration registration = cancellationToken.Register(() => machine.CancelTimer(timer, cancellationToken));
        await timer;
    }

    /// <inheritdoc />
    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        machine.ThrowIfOffTurn();
        return codec.Deserialize<T>(await machine.Events.WaitAsync(eventName, machine.MayCancel, cancellationToken))!;
    }

    /// <inheritdoc />
    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        HistoryEvent step = new(HistoryEventKind.EventSent, Name: eventName, Data: Serialize(payload, $"event '{eventName}'")) { Detail = instanceId };
        _ = machine.Issue(step, completes: false);
    }

    /// <inheritdoc />
    public override void SetCustomStatus(object? customStatus)
    {
        machine.ThrowIfOffTurn();
        machine.CustomStatus = codec.SerializeStatus(customStatus);
    }

    /// <inheritdoc />
    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    /// <inheritdoc />
    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        machine.ContinueAsNew(options);
    }

    /// <inheritdoc />
    public override Guid NewGuid()
    {
        machine.ThrowIfOffTurn();
        return DeterministicGuid.Create(InstanceId, CurrentUtcDateTime, guidCounter++);
    }

    private static string RequireName(TaskName name) => string.IsNullOrEmpty(name.Name)
        ? throw new ArgumentException("An activity or orchestrator is called by its name.", nameof(name))
        : name.Name;

    private static void ThrowIfOptionsAsInput(object? input, TaskOptions? options)
    {
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException("TaskOptions were passed as the input; pass them as the options.", nameof(input));
        }
    }
}
