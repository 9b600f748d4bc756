using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Registry.History;

/// <summary>Who changes something, and why; it is kept with the change.</summary>
public sealed record ChangeNote
{
    /// <summary>Characters of a reason at most: a paragraph.</summary>
    public const int MaxReasonLength = 1000;

    /// <summary>Notes who and why.</summary>
    /// <param name="by">A caller's or run's id. Never a secret.</param>
    /// <param name="reason">In words; null when none was given.</param>
    /// <exception cref="ProblemException"><c>reason_too_long</c>.</exception>
    public ChangeNote(string by, string? reason = null)
    {
        if (reason is { Length: > MaxReasonLength })
        {
            throw new ProblemException(new Problem(ProblemKind.Malformed, "reason_too_long", $"The reason has {reason.Length} characters; it may have {MaxReasonLength}.", "reason"));
        }

        (By, Reason) = (by, reason);
    }

    /// <summary>Who.</summary>
    public string By { get; }

    /// <summary>Why, in the words of whoever did it; null when they gave none.</summary>
    public string? Reason { get; }
}
