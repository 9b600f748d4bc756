using Trainyard.Domain.Registry;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Registry records as MLflow's protocol has them.</summary>
internal static class MlflowMapping
{
    private const string Ready = "READY";

    public static MlflowModel View(RegisteredModel model, IEnumerable<ModelVersion> newestOfStages) => new(
        model.Name,
        model.CreatedAt.ToUnixTimeMilliseconds(),
        model.UpdatedAt.ToUnixTimeMilliseconds(),
        model.Description,
        [.. newestOfStages.Select(version => View(model, version))],
        Tags(model.Tags),
        [.. model.Aliases.Select(alias => new MlflowAlias(alias.Key, Number(alias.Value)))]);

    public static MlflowVersion View(RegisteredModel model, ModelVersion version) => new(
        version.ModelName,
        Number(version.Sequence),
        version.CreatedAt.ToUnixTimeMilliseconds(),
        model.UpdatedAt.ToUnixTimeMilliseconds(),
        MlflowStages.Word(version.Stage),
        version.Description,
        Source(version),
        RunId(version),
        version.Lineage.Source?.RunLink,
        Ready,
        Tags(version.Tags),
        model.AliasesOf(version.Sequence));

    /// <summary>Where the file came from: what was said when it was registered, else our own address of it.</summary>
    public static string Source(ModelVersion version) => version.Lineage.Source?.Uri ?? version.Uri;

    /// <summary>The run that made it; null for an upload that did not say.</summary>
    public static string? RunId(ModelVersion version) => version.Lineage.Source is { } source ? source.RunId : version.Lineage.RunId;

    private static MlflowTag[] Tags(IReadOnlyDictionary<string, string> tags) => [.. tags.Select(tag => new MlflowTag(tag.Key, tag.Value))];

    private static string Number(int sequence) => ModelVersion.LabelOf(sequence)[1..];
}
