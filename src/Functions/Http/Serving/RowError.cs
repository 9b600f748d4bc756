namespace Trainyard.Functions.Http.Serving;

/// <summary>Why a row was not predicted.</summary>
/// <param name="Row">Its number, from 1.</param>
/// <param name="Code">Stable snake-case code, as of a refused request.</param>
/// <param name="Detail">What is wrong and what would be right.</param>
/// <param name="Field">The column at fault.</param>
internal sealed record RowError(long Row, string Code, string Detail, string? Field);
