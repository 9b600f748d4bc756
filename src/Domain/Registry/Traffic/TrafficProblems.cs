using System.Globalization;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Registry.Traffic;

/// <summary>The refusals of deployments that divide traffic.</summary>
internal static class TrafficProblems
{
    public static ProblemException PercentInvalid(double percent, string field) => Malformed(
        "traffic_percent_invalid", string.Create(CultureInfo.InvariantCulture, $"A share of {percent} is none: it must be from 0 to 100, with at most two decimals."), field);

    public static ProblemException SumInvalid(double sum) => Malformed(
        "traffic_sum_invalid", string.Create(CultureInfo.InvariantCulture, $"The shares sum to {sum}; together they must be 100, with at most two decimals each."), "shares");

    public static ProblemException VersionRepeated(string label, string field) => Malformed(
        "traffic_version_repeated", $"'{label}' is a version that is there twice; name each once, among shares or shadows.", field);

    public static ProblemException TooManyVersions(int count, int maximum, string field) => Malformed(
        "traffic_versions_too_many", string.Create(CultureInfo.InvariantCulture, $"There are {count} {field}; at most {maximum} versions may be among them."), field);

    public static ProblemException LogRateInvalid(double rate) => Malformed(
        "log_rate_invalid", string.Create(CultureInfo.InvariantCulture, $"The rate of logging is {rate}; it must be from 0 (nothing) to 1 (every prediction)."), "log_rate");

    public static ProblemException TooFragmented(string model) => Conflict(
        "traffic_too_fragmented",
        $"So many changes of its shares were made to model '{model}' that its callers would be parted into more than {TrafficPlan.MaxSegments} pieces; give one version all of the traffic first.",
        "shares");

    public static ProblemException OtherSchema(ModelVersion deployed, ModelVersion next, string difference) => Conflict(
        "deployment_schema_differs",
        $"Callers of {deployed.Label} would have to change for {next.Label} of model '{next.ModelName}': {difference}. If they are ready, repeat it with allow_schema_change.",
        "version");

    public static ProblemException NothingBefore(string model) => Conflict(
        "rollback_unavailable", $"No other version of model '{model}' was in production before that could be deployed again; deploy one by its number.", "model");

    public static ProblemException ChangedMeanwhile(RegisteredModel model) => Conflict(
        "model_changed_meanwhile",
        $"Somebody else changed the deployment of model '{model.Name}' at the same time, so this changed nothing: {TrafficText.Of(model) ?? "nothing"} is deployed now. Look again and repeat it if it still holds.",
        "version");

    public static ProblemException NothingDeployedThen(string model, DateTimeOffset moment) => new(new Problem(
        ProblemKind.NotFound,
        "deployment_not_found",
        $"Nothing of model '{model}' was deployed yet at {moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}.",
        "as_of"));

    private static ProblemException Malformed(string code, string detail, string field) => new(new Problem(ProblemKind.Malformed, code, detail, field));

    private static ProblemException Conflict(string code, string detail, string field) => new(new Problem(ProblemKind.Conflict, code, detail, field));
}
