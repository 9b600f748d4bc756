namespace Trainyard.Domain.Problems;

/// <summary>Carries a <see cref="Problem"/> to the face that answers the caller. Nothing was changed.</summary>
/// <param name="problem">The refusal.</param>
/// <param name="inner">The cause, or null.</param>
public class ProblemException(Problem problem, Exception? inner = null) : Exception(problem.Detail, inner)
{
    /// <summary>The refusal.</summary>
    public Problem Problem { get; } = problem;
}
