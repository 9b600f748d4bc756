using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.Artifacts;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.ModelFile;

namespace Trainyard.Domain.Registry.Comparison;

/// <summary>Holds two versions of a model against each other. Thread safe.</summary>
/// <param name="registry">Knows them.</param>
/// <param name="artifacts">Their files, for what only these tell.</param>
public sealed class ModelComparer(ModelRegistry registry, ModelArtifacts artifacts)
{
    /// <summary>Bytes of a file that is read for its importance at most: 64 MiB. Of larger ones it is left out.</summary>
    public const long MaxFileBytes = 64L << 20;

    /// <summary>Compares two versions.</summary>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>,
    /// <c>model_corrupt</c>.
    /// </exception>
    public async Task<VersionComparison> CompareAsync(TenantId tenant, string idOrName, string first, string second, CancellationToken cancellationToken)
    {
        ModelVersion one = await registry.GetVersionAsync(tenant, idOrName, first, cancellationToken);
        ModelVersion other = await registry.GetVersionAsync(tenant, idOrName, second, cancellationToken);
        IReadOnlyDictionary<string, double>? importanceOfOne = await ImportanceAsync(tenant, one, cancellationToken);
        IReadOnlyDictionary<string, double>? importanceOfOther = await ImportanceAsync(tenant, other, cancellationToken);
        return new(
            one,
            other,
            [.. Differences(one.Metrics, other.Metrics).Select(metric => metric with { Better = Better(metric) })],
            Differences(one.Settings, other.Settings),
            InputDifferences.Between(one, other),
            importanceOfOne is null || importanceOfOther is null ? null : Differences(importanceOfOne, importanceOfOther));
    }

    private static Difference[] Differences(IReadOnlyDictionary<string, double> first, IReadOnlyDictionary<string, double> second) =>
    [
        .. first.Keys.Union(second.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => new Difference(name, Value(first, name), Value(second, name))),
    ];

    private static double? Value(IReadOnlyDictionary<string, double> values, string name) => values.TryGetValue(name, out double value) ? value : null;

    private static int? Better(Difference metric) => (MetricCatalog.Find(metric.Name), metric.Change) switch
    {
        (null, _) or (_, null) => null,
        (_, double.NaN) => null,
        (_, 0) => 0,
        ({ BiggerIsBetter: var bigger }, { } change) => change > 0 == bigger ? 2 : 1,
    };

    private async Task<IReadOnlyDictionary<string, double>?> ImportanceAsync(TenantId tenant, ModelVersion version, CancellationToken cancellationToken)
    {
        if (version.Artifact == ModelArtifact.Elsewhere || version.Task == LearningTask.Forecasting.Word() || version.Artifact.Bytes > MaxFileBytes)
        {
            return null;
        }

        byte[] file = await artifacts.ReadAsync(tenant, version, cancellationToken);
        try
        {
            return SplitImportance.Of(TabularModelFile.ReadOwn(file)).ToDictionary(each => each.Column, each => each.GainShare, StringComparer.Ordinal);
        }
        catch (LearningException unexplained) when (unexplained.Code == "explanation_unavailable")
        {
            return null;
        }
        catch (LearningException damaged)
        {
            throw RegistryProblems.ModelCorrupt(version, damaged);
        }
    }
}
