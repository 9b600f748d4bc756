namespace Trainyard.Learning.Features;

/// <summary>An input column that no feature is made from, and why.</summary>
/// <param name="Column">The data column.</param>
/// <param name="Reason">Why it carries nothing.</param>
public sealed record DroppedColumn(string Column, DropReason Reason);
