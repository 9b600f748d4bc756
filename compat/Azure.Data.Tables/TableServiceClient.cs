using Azure.Core;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables;

/// <summary>The tables of an account. Thread safe.</summary>
public class TableServiceClient
{
    private readonly TablePipeline pipeline;

    public TableServiceClient(string connectionString, TableClientOptions? options = null)
        : this(TablePipeline.Open(connectionString, options))
    {
    }

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(TablePipeline.Open(endpoint, credential, options))
    {
    }

    public TableServiceClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null)
        : this(TablePipeline.Open(endpoint, credential, options))
    {
    }

    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(TablePipeline.Open(endpoint, tokenCredential, options))
    {
    }

    private TableServiceClient(TablePipeline pipeline) => this.pipeline = pipeline;

    public virtual TableClient GetTableClient(string tableName) => new(pipeline, tableName);

    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    public virtual async Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default)
    {
        Uri address = new(pipeline.Endpoint, $"Tables({Uri.EscapeDataString(ODataLiteral.Quote(tableName))})");
        Response response = await pipeline.SendAsync(RequestMethod.Delete, address, json: null, ifMatch: null, cancellationToken).ConfigureAwait(false);
        return response.IsError && response.Status != 404 ? throw new RequestFailedException(response) : response;
    }

    public virtual AsyncPageable<TableItem> QueryAsync(string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new TablePageable<TableItem>(
            pipeline, "Tables", [("$filter", filter)], maxPerPage, ["NextTableName"], json => new TableItem(json.GetProperty("TableName").GetString()!), cancellationToken);
}
