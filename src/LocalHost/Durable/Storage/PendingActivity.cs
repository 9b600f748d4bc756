namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>An activity that was called and whose outcome is not recorded.</summary>
internal sealed record PendingActivity(string InstanceId, long Execution, int TaskId, string Name, string? Input);
