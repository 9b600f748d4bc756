namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>Which step of which execution called a sub-orchestration.</summary>
internal sealed record ParentLink(string InstanceId, string Name, long Execution, int TaskId);
