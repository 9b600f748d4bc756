using Trainyard.Domain.Datasets;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Finds the data that a pipeline names and checks that something can be learnt from it. Thread safe.</summary>
/// <param name="resolver">Turns addresses into versions.</param>
/// <param name="catalog">Reads versions.</param>
public sealed class DatasetInspector(DatasetResolver resolver, DatasetCatalog catalog) : IDatasetInspector
{
    /// <inheritdoc />
    public async Task<InspectedDataset> InspectAsync(TenantId tenant, string datasetUri, string? targetColumn, CancellationToken cancellationToken) =>
        await ReadAsync(tenant, await resolver.ResolveAsync(tenant, datasetUri, cancellationToken), targetColumn, cancellationToken);

    /// <inheritdoc />
    public async Task<InspectedDataset> OpenAsync(TenantId tenant, RunDataset dataset, string? targetColumn, CancellationToken cancellationToken) =>
        await ReadAsync(tenant, await catalog.GetAsync(tenant, dataset.Name, dataset.Version, cancellationToken), targetColumn, cancellationToken);

    private async Task<InspectedDataset> ReadAsync(TenantId tenant, DatasetVersion version, string? targetColumn, CancellationToken cancellationToken)
    {
        Table table = await catalog.LoadTableAsync(tenant, version, cancellationToken);
        return new InspectedDataset(new RunDataset(version.Name, version.Version, version.Sha256), table, TargetEncoding.Infer(table, targetColumn));
    }
}
