namespace Trainyard.Functions.Http.Contracts;

/// <summary>Says with which codes of the learning library an HTTP function refuses data; <see cref="ProblemMapping.KindOf"/> knows their families.</summary>
/// <param name="codes">Codes that <c>docs/problems.md</c> explains; <c>csv_*</c> stands for all that begin so.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RefusesDataAttribute(params string[] codes) : Attribute
{
    /// <summary>The codes.</summary>
    public IReadOnlyList<string> Codes { get; } = codes;
}
