namespace Trainyard.Learning.Data;

/// <summary>A value and how often it occurs.</summary>
/// <param name="Value">The value as text.</param>
/// <param name="Count">Rows that have it.</param>
public sealed record CategoryCount(string Value, int Count);
