using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>MLflow's words for stages; its <c>None</c> is our draft.</summary>
internal static class MlflowStages
{
    private static readonly (ModelStage Stage, string Word)[] All =
        [(ModelStage.Draft, "None"), (ModelStage.Staging, "Staging"), (ModelStage.Production, "Production"), (ModelStage.Archived, "Archived")];

    public static string Word(ModelStage stage) => Array.Find(All, each => each.Stage == stage).Word;

    /// <summary>The stage of a word, in whatever case.</summary>
    /// <exception cref="ProblemException"><c>mlflow_parameter_invalid</c>.</exception>
    public static ModelStage Require(string word)
    {
        int index = Array.FindIndex(All, each => each.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? All[index].Stage : throw MlflowProblems.Invalid("A stage is None, Staging, Production or Archived.", "stage");
    }
}
