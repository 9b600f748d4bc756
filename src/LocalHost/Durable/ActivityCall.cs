namespace Trainyard.LocalHost.Durable;

/// <summary>One call of an activity. It may be made again after a crash, so activities are idempotent.</summary>
/// <param name="Name">The activity's name.</param>
/// <param name="InstanceId">The orchestration that calls it.</param>
/// <param name="TaskId">The number of the step within the orchestration; the same for every repetition of the call.</param>
/// <param name="SerializedInput">The input as JSON, or null when there is none.</param>
internal sealed record ActivityCall(string Name, string InstanceId, int TaskId, string? SerializedInput)
{
    /// <summary>The W3C <c>traceparent</c> under which the orchestration was started, or null.</summary>
    public string? Trace { get; init; }
}
