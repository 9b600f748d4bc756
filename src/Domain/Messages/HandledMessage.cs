namespace Trainyard.Domain.Messages;

/// <summary>What became of a message.</summary>
/// <param name="Head">Whose it was.</param>
/// <param name="Outcome">What it did, in a few words for the log; never what it carried.</param>
/// <param name="Subject">The id or the name of what it did that to; null for nothing.</param>
public sealed record HandledMessage(MessageHead Head, string Outcome, string? Subject = null);
