using Trainyard.Domain.Problems;

namespace Trainyard.Functions.Http.Contracts;

/// <summary>
/// Says which problems of one family an HTTP function answers with, beside those that follow from what it takes: a body, a
/// page, a key for repeats, a scope.
/// </summary>
/// <param name="kind">The family.</param>
/// <param name="codes">Codes that <c>docs/problems.md</c> explains.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RefusesAttribute(ProblemKind kind, params string[] codes) : Attribute
{
    /// <summary>The family.</summary>
    public ProblemKind Kind { get; } = kind;

    /// <summary>The codes.</summary>
    public IReadOnlyList<string> Codes { get; } = codes;
}
