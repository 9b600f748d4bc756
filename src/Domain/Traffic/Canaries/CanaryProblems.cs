using System.Globalization;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>The refusals of canaries.</summary>
internal static class CanaryProblems
{
    public static ProblemException StepsInvalid() => new(new Problem(
        ProblemKind.Malformed, "canary_steps_invalid", $"The steps must be 1 to {CanaryRequest.MaxSteps} percentages that rise to 100, such as [1, 5, 10, 25, 50, 100].", "steps"));

    public static ProblemException ShareUnused() => new(new Problem(
        ProblemKind.Malformed, "canary_share_unused", "A canary goes by its steps; leave the share of the traffic out.", "traffic"));

    public static ProblemException Running(string model, string id) => new(new Problem(
        ProblemKind.Conflict, "canary_running", $"Canary {id} of model '{model}' is under way; promote or abort it first: POST /api/v1/models/{model}/canary/abort.", "model"));

    public static ProblemException NotFound(string model) => new(new Problem(
        ProblemKind.NotFound, "canary_not_found", $"Model '{model}' has no canary; POST /api/v1/models/{model}/deploy with \"strategy\": \"canary\" begins one.", "model"));

    public static ProblemException Over(Canary canary) => new(new Problem(
        ProblemKind.Conflict, "canary_over", $"The canary of {ModelVersion.LabelOf(canary.Version)} is over: it was {canary.StateWord.Replace('_', ' ')}.", "model"));

    public static ProblemException Split(string model) => new(new Problem(
        ProblemKind.Conflict, "canary_baseline_split", $"The traffic of model '{model}' is split, so there is no one version to hold another against; give one all of it first.", "model"));

    public static ProblemException Deployed(ModelVersion version) => new(new Problem(
        ProblemKind.Conflict, "canary_version_deployed", $"{version.Label} of model '{version.ModelName}' is in production already.", "version"));

    public static void RequireRange(double value, double minimum, double maximum, string field)
    {
        if (!(value >= minimum && value <= maximum))
        {
            throw new ProblemException(new Problem(
                ProblemKind.Malformed,
                "canary_setting_out_of_range",
                string.Create(CultureInfo.InvariantCulture, $"The {field} of a canary must be from {minimum} to {maximum}."),
                field));
        }
    }
}
