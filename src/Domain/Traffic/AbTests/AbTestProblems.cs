using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Traffic;

namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>The refusals of A/B tests.</summary>
internal static class AbTestProblems
{
    public static ProblemException VariantsInvalid() => new(new Problem(
        ProblemKind.Malformed, "ab_test_variants_invalid", $"A test takes 2 to {TrafficPlan.MaxShares} variants of different names and versions, each with a share above 0, together 100.", "variants"));

    public static ProblemException ControlMissing(int deployed) => new(new Problem(
        ProblemKind.Conflict, "ab_test_control_missing", $"The version in production, {ModelVersion.LabelOf(deployed)}, must be among the variants: it is what the others are held against.", "variants"));

    public static ProblemException SettingInvalid(string field, string right) => new(new Problem(
        ProblemKind.Malformed, "ab_test_setting_invalid", $"'{field}' of a test cannot be used: {right}", field));

    public static ProblemException Running(string model, string id) => new(new Problem(
        ProblemKind.Conflict, "ab_test_running", $"Test {id} of model '{model}' is under way; stop or conclude it first: POST /api/v1/models/{model}/ab-tests/{id}/stop.", "model"));

    public static ProblemException Split(string model) => new(new Problem(
        ProblemKind.Conflict, "ab_test_traffic_split", $"The traffic of model '{model}' is split already, by a canary or by hand; give one version all of it first.", "model"));

    public static ProblemException NotFound(string model, string id) => new(new Problem(
        ProblemKind.NotFound, "ab_test_not_found", $"Model '{model}' has no test '{id}'; GET /api/v1/models/{model}/ab-tests lists them.", "test_id"));

    public static ProblemException Over(AbTest test) => new(new Problem(
        ProblemKind.Conflict, "ab_test_over", $"Test '{test.Name}' is over: it was {test.State.ToString().ToLowerInvariant()}.", "test_id"));

    public static ProblemException VariantUnknown(AbTest test) => new(new Problem(
        ProblemKind.Unprocessable, "ab_test_variant_unknown", $"The variants of the test are {string.Join(", ", test.Variants.Select(variant => variant.Name))}.", "variant"));

    public static ProblemException Undecided(AbTest test) => new(new Problem(
        ProblemKind.Conflict, "ab_test_undecided", $"The test recommends no variant: {test.Result?.Reason ?? "nothing was seen yet."} Name the one to take as 'variant', or stop it.", "variant"));
}
