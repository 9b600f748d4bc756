namespace Trainyard.Learning.Validation;

/// <summary>One expectation that a table does not meet.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Column">The column; null for one of the whole table.</param>
/// <param name="Count">Rows at fault; 0 where it is not single rows.</param>
/// <param name="Message">What is expected and what is there, for a person.</param>
/// <param name="Examples">The first rows at fault.</param>
public sealed record Violation(ExpectationKind Kind, string? Column, int Count, string Message, IReadOnlyList<ViolationExample> Examples)
{
    /// <summary>Examples at most.</summary>
    public const int MaxExamples = 5;
}
