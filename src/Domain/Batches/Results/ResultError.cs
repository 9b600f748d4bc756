namespace Trainyard.Domain.Batches.Results;

/// <summary>Why a row has no prediction.</summary>
/// <param name="Code">Stable snake-case code.</param>
/// <param name="Detail">What is wrong, for a person.</param>
/// <param name="Column">The column at fault, or null.</param>
public sealed record ResultError(string Code, string Detail, string? Column = null);
