using Trainyard.Domain.Datasets;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Finds the data that a pipeline names and checks that something can be learnt from it. Thread safe.</summary>
/// <param name="resolver">Turns addresses into versions.</param>
/// <param name="catalog">Finds versions.</param>
/// <param name="tables">Reads them, once for all steps of a run.</param>
public sealed class DatasetInspector(DatasetResolver resolver, DatasetCatalog catalog, TableCache tables) : IDatasetInspector
{
    /// <inheritdoc />
    public async Task<InspectedDataset> InspectAsync(TenantId tenant, string datasetUri, TargetChoice target, CancellationToken cancellationToken) =>
        await ReadAsync(tenant, await resolver.ResolveAsync(tenant, datasetUri, cancellationToken), target, cancellationToken);

    /// <inheritdoc />
    public async Task<InspectedDataset> OpenAsync(TenantId tenant, RunDataset dataset, TargetChoice target, CancellationToken cancellationToken) =>
        await ReadAsync(tenant, await catalog.GetAsync(tenant, dataset.Name, dataset.Version, cancellationToken), target, cancellationToken);

    private async Task<InspectedDataset> ReadAsync(TenantId tenant, DatasetVersion version, TargetChoice target, CancellationToken cancellationToken)
    {
        Table table = await tables.GetAsync(tenant, version, cancellationToken);
        return new InspectedDataset(new RunDataset(version.Name, version.Version, version.Sha256), table, target.In(table));
    }
}
