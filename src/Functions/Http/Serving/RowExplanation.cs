using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Serving;

/// <summary>Why a row is predicted as it is: base, contributions and rest add up to the score.</summary>
/// <param name="Method">How contributions were found: <c>tree_path_dependent</c> and <c>linear</c> are exact, <c>permutation_sampling</c> is an estimate.</param>
/// <param name="Scale">What the score is: <c>value</c>, <c>log_value</c>, <c>log_odds</c>, <c>log_score</c>, <c>class_score</c> or <c>probability</c>.</param>
/// <param name="Base">The score of a row of which nothing is known.</param>
/// <param name="Score">The score of this row.</param>
/// <param name="Contributions">The columns that moved it most, the largest first.</param>
/// <param name="Rest">What all other columns did together.</param>
/// <param name="Label">Whose score it is; absent where a number is predicted.</param>
internal sealed record RowExplanation(
    string Method,
    string Scale,
    double Base,
    double Score,
    IReadOnlyList<ColumnContribution> Contributions,
    double Rest,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label = null);
