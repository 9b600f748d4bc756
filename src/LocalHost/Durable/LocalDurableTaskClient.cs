using System.Diagnostics;
using System.Text.Json;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.Functions.Telemetry;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Durable;

/// <summary>Starts, steers and queries the orchestrations of a <see cref="DurableEngine"/>. Thread safe.</summary>
/// <remarks>What a method promises is on disk when its task ends.</remarks>
internal sealed class LocalDurableTaskClient(DurableEngine engine) : DurableTaskClient("local")
{
    private readonly PayloadCodec codec = new(DurableJson.Converter, engine.Options.Limits);

    private DateTime Now => engine.Time.GetUtcNow().UtcDateTime;

    /// <inheritdoc />
    /// <exception cref="OrchestrationAlreadyExistsException">An instance of that id is in one of the dedupe statuses; by default, it has not ended.</exception>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        string instanceId = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        RequireInstanceId(instanceId);
        using Activity? span = DurableSpans.StartCreating(orchestratorName.Name, instanceId);
        NewInstance created = new(
            instanceId,
            orchestratorName.Name,
            options?.Version?.Version ?? engine.Options.DefaultVersion,
            codec.Serialize(input, "input"),
            options?.Tags is { Count: > 0 } tags ? JsonSerializer.Serialize(tags) : null,
            null,
            Now,
            options?.StartAt?.UtcDateTime ?? default)
        {
            Trace = CurrentTrace.Parent,
        };
        Delivery? start = await engine.Store.StartAsync(created, Forbidding(options), cancellation);
        engine.Dispatch(start ?? throw new OrchestrationAlreadyExistsException($"An orchestration instance '{instanceId}' already exists."));
        return instanceId;
    }

    /// <inheritdoc />
    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        HistoryEvent raised = new(HistoryEventKind.EventRaised, Name: eventName, Data: codec.Serialize(eventPayload, $"event '{eventName}'"));
        return TellAsync(instanceId, raised, cancellation);
    }

    /// <inheritdoc />
    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        HistoryEvent terminated = new(HistoryEventKind.Terminated, Data: codec.Serialize(options?.Output, "output"))
        {
            Detail = options?.Recursive == true ? "recursive" : null,
        };
        return TellAsync(instanceId, terminated, cancellation);
    }

    /// <inheritdoc />
    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        TellAsync(instanceId, new(HistoryEventKind.Suspended, Data: codec.Serialize(reason, "reason")), cancellation);

    /// <inheritdoc />
    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        TellAsync(instanceId, new(HistoryEventKind.Resumed, Data: codec.Serialize(reason, "reason")), cancellation);

    /// <inheritdoc />
    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, current => current.RuntimeStatus != OrchestrationRuntimeStatus.Pending, cancellation);

    /// <inheritdoc />
    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, current => InstanceStatuses.IsEnded(current.RuntimeStatus), cancellation);

    /// <inheritdoc />
    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        InstanceSnapshot? found = await engine.Store.FindSnapshotAsync(instanceId, cancellation);
        return found is null ? null : Metadata(found, getInputsAndOutputs);
    }

    /// <inheritdoc />
    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        OrchestrationQuery query = filter ?? new OrchestrationQuery();
        InstanceFilter wanted = new(query.CreatedFrom?.UtcDateTime, query.CreatedTo?.UtcDateTime, query.Statuses?.ToHashSet(), query.InstanceIdPrefix);
        return Pageable.Create<OrchestrationMetadata>(async (continuation, hint, cancellation) =>
        {
            int size = Math.Clamp(hint ?? query.PageSize, 1, engine.Options.MaxPageSize);
            PagePosition after = PagePosition.Parse(continuation ?? query.ContinuationToken);
            List<InstanceSnapshot> found = await engine.Store.ListAsync(wanted, after, size, cancellation);
            string? next = found.Count < size ? null : new PagePosition(found[^1].CreatedAt.Ticks, found[^1].Instance.InstanceId).ToString();
            return new Page<OrchestrationMetadata>([.. found.Select(each => Metadata(each, query.FetchInputsAndOutputs))], next);
        });
    }

    /// <inheritdoc />
    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return new PurgeResult(await engine.Store.PurgeAsync(instanceId, options?.Recursive ?? false, cancellation), true);
    }

    /// <inheritdoc />
    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        InstanceFilter wanted = new(filter.CreatedFrom?.UtcDateTime, filter.CreatedTo?.UtcDateTime, filter.Statuses?.ToHashSet(), null);
        int removed = 0;
        List<InstanceSnapshot> page;
        PagePosition after = PagePosition.Start;
        do
        {
            page = await engine.Store.ListAsync(wanted, after, engine.Options.MaxPageSize, cancellation);
            foreach (InstanceSnapshot each in page)
            {
                removed += await engine.Store.PurgeAsync(each.Instance.InstanceId, options?.Recursive ?? false, cancellation);
                after = new PagePosition(each.CreatedAt.Ticks, each.Instance.InstanceId);
            }
        }
        while (page.Count == engine.Options.MaxPageSize);

        return new PurgeResult(removed, true);
    }

    /// <summary>Nothing to release: the engine belongs to its host.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void RequireInstanceId(string instanceId)
    {
        if (instanceId.Length is 0 or > DurableOptions.MaxInstanceIdCharacters || instanceId.Any(char.IsControl))
        {
            throw new ArgumentException(
                $"An instance id has 1 to {DurableOptions.MaxInstanceIdCharacters} characters and no control characters.", nameof(instanceId));
        }
    }

    private static IReadOnlySet<OrchestrationRuntimeStatus> Forbidding(StartOrchestrationOptions? options) => options?.DedupeStatuses is not { } names
        ? InstanceStatuses.Live
        : names.Select(name => Enum.TryParse(name, ignoreCase: true, out OrchestrationRuntimeStatus status)
            ? status
            : throw new ArgumentException($"There is no orchestration status '{name}'.", nameof(options))).ToHashSet();

    private async Task TellAsync(string instanceId, HistoryEvent told, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        if (await engine.Store.TellAsync(instanceId, told, cancellation) is { } delivery)
        {
            engine.Dispatch(delivery);
        }
    }

    private Task<OrchestrationMetadata> WaitAsync(
        string instanceId, bool withPayloads, Func<OrchestrationMetadata, bool> satisfies, CancellationToken cancellation) =>
        engine.Watch.WaitAsync(
            instanceId,
            async token => await GetInstancesAsync(instanceId, withPayloads, token)
                ?? throw new ArgumentException($"There is no orchestration instance '{instanceId}'.", nameof(instanceId)),
            satisfies,
            cancellation);

    private static OrchestrationMetadata Metadata(InstanceSnapshot found, bool withPayloads)
    {
        Dictionary<string, string>? tags = found.Tags is { } stored ? JsonSerializer.Deserialize<Dictionary<string, string>>(stored) : null;
        return new OrchestrationMetadata(found.Instance.Name, found.Instance.InstanceId)
        {
            RuntimeStatus = found.Instance.Status,
            CreatedAt = new DateTimeOffset(found.CreatedAt),
            LastUpdatedAt = new DateTimeOffset(found.UpdatedAt),
            SerializedInput = withPayloads ? found.Input : null,
            SerializedOutput = withPayloads ? found.Output : null,
            SerializedCustomStatus = withPayloads ? found.CustomStatus : null,
            FailureDetails = withPayloads && found.Failure is { } failure ? Failures.Deserialize(failure) : null,
            DataConverter = withPayloads ? DurableJson.Converter : null,
            Tags = tags ?? [],
        };
    }
}
