namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>Why a run failed.</summary>
/// <param name="Step">The step that failed.</param>
/// <param name="Code">Stable code; <c>docs/problems.md</c> has an entry for each.</param>
/// <param name="Detail">What is wrong and what would be right, for a person.</param>
/// <param name="Field">The column, setting or field at fault, or null.</param>
public sealed record RunFailure(string Step, string Code, string Detail, string? Field = null)
{
    /// <summary>Characters of <see cref="Detail"/> at most; a longer text is cut.</summary>
    public const int MaxDetailLength = 2_000;
}
