namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>A line of a step's log.</summary>
/// <param name="At">When.</param>
/// <param name="Message">One sentence for a person; never data of a row.</param>
public sealed record RunLogLine(DateTimeOffset At, string Message);
