using Trainyard.Domain.Documents;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Alerts;

/// <summary>The alerts of each tenant, newest first. Thread safe.</summary>
/// <param name="documents">Where they are stored.</param>
public sealed class AlertLog(IDocumentStore documents)
{
    private const string Collection = "alerts";

    /// <summary>Raises an alert; one that is there already stays as it is.</summary>
    public async Task RaiseAsync(TenantId tenant, Alert alert, CancellationToken cancellationToken)
    {
        DocumentWrite insert = JsonDocuments.Insert(DocumentKey.Of(DocumentKey.NewestFirst(alert.RaisedAt), alert.Id), alert, AlertJson.Default.Alert);
        try
        {
            await documents.WriteAsync(Collection, DocumentKey.Of(tenant.Value), insert, cancellationToken);
        }
        catch (DocumentStoreException exception) when (exception.Code == DocumentStoreCode.DocumentExists)
        {
            // The same cause was found twice, which is what ids are made from causes for.
        }
    }

    /// <summary>A page of alerts, newest first.</summary>
    public Task<ResultPage<Alert>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken) =>
        documents.ReadPageAsync(new DocumentQuery(Collection, DocumentKey.Of(tenant.Value)), page, AlertJson.Default.Alert, cancellationToken);
}
