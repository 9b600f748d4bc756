using Microsoft.Extensions.Logging;

namespace Trainyard.Testing;

/// <summary>A line of a log.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Id">The event's number.</param>
/// <param name="Message">The text.</param>
/// <param name="Exception">What was thrown, or null.</param>
public sealed record LogEntry(LogLevel Level, int Id, string Message, Exception? Exception);
