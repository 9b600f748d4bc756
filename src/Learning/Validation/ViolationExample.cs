namespace Trainyard.Learning.Validation;

/// <summary>One row at fault.</summary>
/// <param name="Row">1-based.</param>
/// <param name="Line">The 1-based line of the file that it begins on; null when the table does not come from a file.</param>
/// <param name="Value">Its value, cut when it is long; null when it is missing.</param>
public sealed record ViolationExample(int Row, long? Line, string? Value);
