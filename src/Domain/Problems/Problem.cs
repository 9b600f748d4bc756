namespace Trainyard.Domain.Problems;

/// <summary>Why a request was refused, and what would be right.</summary>
/// <param name="Kind">The family.</param>
/// <param name="Code">Stable snake-case code; <c>docs/problems.md</c> has an entry for each.</param>
/// <param name="Detail">One or two sentences for a person: what is wrong and what would be right.</param>
/// <param name="Field">The field, column or parameter at fault, or null.</param>
public sealed record Problem(ProblemKind Kind, string Code, string Detail, string? Field = null)
{
    /// <summary>The 1-based row or line of the input at fault, or null.</summary>
    public long? Row { get; init; }

    /// <summary>When to try again, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
