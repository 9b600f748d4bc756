namespace Trainyard.Functions.Http.Queues;

/// <summary>Which messages to send again.</summary>
/// <param name="Ids">Their ids; all when absent.</param>
internal sealed record ReplayRequest(IReadOnlyList<string>? Ids = null);
