namespace Trainyard.Functions.Http.Queues;

/// <summary>What was sent again.</summary>
/// <param name="Replayed">Messages.</param>
internal sealed record ReplayAnswer(int Replayed);
