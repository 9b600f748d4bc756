namespace Trainyard.Learning.Scoring;

/// <summary>Why a row could not be predicted.</summary>
/// <param name="Code">Stable snake-case code.</param>
/// <param name="Detail">What is wrong, for a person.</param>
/// <param name="Column">The column at fault, or null.</param>
public sealed record RowFault(string Code, string Detail, string? Column = null);
