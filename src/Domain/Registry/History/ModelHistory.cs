using Trainyard.Domain.Documents;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.Storage;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry.History;

/// <summary>What happened to models, that are deleted too. Thread safe.</summary>
/// <param name="documents">Where it is kept.</param>
public sealed class ModelHistory(IDocumentStore documents)
{
    /// <summary>The history of a model, newest first.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>continuation_invalid</c>.</exception>
    public async Task<ResultPage<ModelEvent>> ListAsync(TenantId tenant, string idOrName, PageRequest page, CancellationToken cancellationToken)
    {
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        return await documents.ReadPageAsync(RegistryKeys.Events(tenant, records.Name), page, RegistryJson.Default.ModelEvent, cancellationToken);
    }
}
