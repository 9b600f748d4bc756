using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Registry.Stages;

namespace Trainyard.Functions.Http.Mlops;

/// <summary>The stages that <c>POST /mlops/deploy</c> takes.</summary>
internal static class MlopsStage
{
    /// <summary>The version that is meant when none is named.</summary>
    public const string Newest = AliasName.Latest;

    /// <summary>Whether a deployment shall only make ready; production when nothing is said.</summary>
    /// <exception cref="ProblemException"><c>stage_invalid</c>.</exception>
    public static bool IsStaging(string? stage) => stage is not null && StageName.Require(stage, "stage") switch
    {
        ModelStage.Staging => true,
        ModelStage.Production => false,
        _ => throw new ProblemException(new Problem(
            ProblemKind.Malformed, "stage_invalid", "A deployment's stage must be production or staging; promote moves to the others.", "stage")),
    };
}
