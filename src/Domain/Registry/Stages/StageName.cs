using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Registry.Stages;

/// <summary>Stages as words: <c>draft</c>, <c>staging</c>, <c>production</c>, <c>archived</c>.</summary>
public static class StageName
{
    /// <summary>Every word, in the order of a version's life.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<ModelStage>().Select(Of)];

    /// <summary>The word of a stage.</summary>
    public static string Of(ModelStage stage) => stage.ToString().ToLowerInvariant();

    /// <summary>The stage of a word, in whatever case.</summary>
    /// <exception cref="ProblemException"><c>stage_invalid</c>.</exception>
    public static ModelStage Require(string? text, string field)
    {
        foreach (ModelStage stage in Enum.GetValues<ModelStage>())
        {
            if (string.Equals(Of(stage), text, StringComparison.OrdinalIgnoreCase))
            {
                return stage;
            }
        }

        throw new ProblemException(new Problem(ProblemKind.Malformed, "stage_invalid", $"The {field} must be one of {string.Join(", ", All)}.", field));
    }
}
