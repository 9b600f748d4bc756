namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>An instance to be created.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="Version">The version; empty when it has none.</param>
/// <param name="Input">The input as JSON, or null.</param>
/// <param name="Tags">Tags as a JSON object, or null.</param>
/// <param name="Parent">Who calls it, or null.</param>
/// <param name="CreatedAt">Now (UTC).</param>
/// <param name="StartAt">When it is to begin (UTC); the default is at once.</param>
internal sealed record NewInstance(
    string InstanceId, string Name, string Version, string? Input, string? Tags, ParentLink? Parent, DateTime CreatedAt, DateTime StartAt)
{
    /// <summary>The W3C <c>traceparent</c> of what creates it, or null.</summary>
    public string? Trace { get; init; }
}
