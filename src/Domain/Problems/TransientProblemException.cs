namespace Trainyard.Domain.Problems;

/// <summary>A refusal that the same request may not meet again: work that runs unattended tries again instead of failing.</summary>
/// <param name="problem">The refusal; it says when to try again.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class TransientProblemException(Problem problem, Exception? inner = null) : ProblemException(problem, inner);
