using System.Globalization;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Registry.Stages;

namespace Trainyard.Domain.Registry;

/// <summary>The refusals of the registry.</summary>
internal static class RegistryProblems
{
    public static ProblemException ModelNotFound(string model) =>
        new(new Problem(ProblemKind.NotFound, "model_not_found", $"There is no model '{model}'; GET /api/v1/models lists what there is.", "model"));

    public static ProblemException ModelDeleted(string model, Deletion deletion) =>
        new(new Problem(ProblemKind.NotFound, "model_deleted", $"Model '{model}' {Told(deletion)}. A new version under its name revives it.", "model"));

    public static ProblemException ModelExists(string model) =>
        new(new Problem(ProblemKind.Conflict, "model_exists", $"There is a model '{model}' already; GET /api/v1/models/{model} shows it.", "name"));

    public static ProblemException VersionNotFound(string model, string version) =>
        new(new Problem(ProblemKind.NotFound, "model_version_not_found", $"Model '{model}' has no version '{version}'.", "version"));

    public static ProblemException VersionDeleted(ModelVersion version, Deletion deletion) =>
        new(new Problem(ProblemKind.NotFound, "model_version_deleted", $"{version.Label} of model '{version.ModelName}' {Told(deletion)}.", "version"));

    public static ProblemException Withdrawn(string operationId) =>
        new(new Problem(ProblemKind.Conflict, "operation_withdrawn", $"'{operationId}' was undone, so it neither registers nor deploys anything."));

    public static ProblemException MoveRefused(ModelVersion version, ModelStage to) =>
        new(new Problem(
            ProblemKind.Conflict,
            "stage_transition_refused",
            $"{version.Label} of model '{version.ModelName}' is in {StageName.Of(version.Stage)} and cannot move to {StageName.Of(to)}; it can move to {string.Join(" or ", StageMoves.From(version.Stage).Select(StageName.Of))}.",
            "stage"));

    public static ProblemException ChangedMeanwhile(RegisteredModel model, ModelVersion version) =>
        new(new Problem(
            ProblemKind.Conflict,
            "model_changed_meanwhile",
            $"Somebody else changed model '{model.Name}' at the same time, so this changed nothing: {Deployed(model)} is deployed now, and {version.Label} is in {StageName.Of(version.Stage)}. Look again and repeat it if it still holds.",
            "stage"));

    public static ProblemException AliasNotFound(string model, string alias, DateTimeOffset? asOf) =>
        new(new Problem(
            ProblemKind.NotFound,
            "alias_not_found",
            asOf is { } moment ? $"Alias '{alias}' of model '{model}' pointed to no version at {Text(moment)}." : $"Alias '{alias}' of model '{model}' points to no version.",
            "alias"));

    public static ProblemException TooManyAliases(string model) =>
        new(new Problem(ProblemKind.Conflict, "aliases_too_many", $"Model '{model}' has {RegisteredModel.MaxAliases} aliases, which is as many as it may have; remove one first.", "alias"));

    public static ProblemException ModelCorrupt(ModelVersion version, Exception? cause = null) => new(
        new Problem(
            ProblemKind.Conflict,
            "model_corrupt",
            $"The file of model '{version.ModelName}' {version.Label} is gone or damaged; deploy another version or train it again.",
            "model"),
        cause);

    public static ProblemException FileElsewhere(ModelVersion version) =>
        new(new Problem(
            ProblemKind.Conflict,
            "model_file_elsewhere",
            $"The file of model '{version.ModelName}' {version.Label} is kept elsewhere ({version.Lineage.Source?.Uri}); upload it to POST /api/v1/models/{version.ModelName}/versions to deploy it.",
            "version"));

    public static ProblemException NotDeployed(string model) =>
        new(new Problem(
            ProblemKind.Conflict, "model_not_deployed", $"No version of model '{model}' is deployed; POST /api/v1/models/{model}/deploy deploys one.", "model"));

    public static ProblemException InUse(ModelVersion version, string what) =>
        new(new Problem(ProblemKind.Conflict, "model_version_in_use", $"{version.Label} of model '{version.ModelName}' cannot be {what}.", "version"));

    public static ProblemException ModelInUse(string model, int deployed) =>
        new(new Problem(
            ProblemKind.Conflict, "model_in_use", $"Model '{model}' cannot be deleted while {ModelVersion.LabelOf(deployed)} is deployed; move that to archived first.", "model"));

    private static string Deployed(RegisteredModel model) => model.DeployedSequence is { } sequence ? ModelVersion.LabelOf(sequence) : "nothing";

    private static string Told(Deletion deletion) =>
        $"was deleted at {Text(deletion.At)} by {deletion.By}{(deletion.Reason is { } reason ? $": {reason}" : string.Empty)}";

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
