using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables;

/// <summary>The entities of one table. Thread safe.</summary>
public class TableClient
{
    private readonly TablePipeline pipeline;

    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this(TablePipeline.Open(connectionString, options), tableName)
    {
    }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(TablePipeline.Open(endpoint, credential, options), tableName)
    {
    }

    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(TablePipeline.Open(endpoint, tokenCredential, options), tableName)
    {
    }

    internal TableClient(TablePipeline pipeline, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        this.pipeline = pipeline;
        Name = tableName;
    }

    public virtual string Name { get; }

    private Uri TableAddress => new(pipeline.Endpoint, Name);

    /// <summary>Writes a filter, with what is interpolated as OData literals.</summary>
    public static string CreateQueryFilter(FormattableString filter) =>
        string.Format(CultureInfo.InvariantCulture, filter.Format, [.. filter.GetArguments().Select(ODataLiteral.Of)]);

    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(StringComparer.Ordinal) { ["TableName"] = Name });
        Response response = await pipeline.SendAsync(RequestMethod.Post, new Uri(pipeline.Endpoint, "Tables"), json, ifMatch: null, cancellationToken).ConfigureAwait(false);
        if (response.IsError)
        {
            RequestFailedException refusal = new(response);
            if (refusal.ErrorCode != "TableAlreadyExists")
            {
                throw refusal;
            }
        }

        return Response.FromValue(new TableItem(Name), response);
    }

    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        Response response = await ReadAsync(partitionKey, rowKey, select, cancellationToken).ConfigureAwait(false);
        return response.IsError ? throw new RequestFailedException(response) : Response.FromValue(Parse<T>(response), response);
    }

    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        Response response = await ReadAsync(partitionKey, rowKey, select, cancellationToken).ConfigureAwait(false);
        return response switch
        {
            { Status: 404 } => new NoValueResponse<T>(response),
            { IsError: true } => throw new RequestFailedException(response),
            _ => Response.FromValue(Parse<T>(response), response),
        };
    }

    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        new TablePageable<T>(
            pipeline, Name + "()", [("$filter", filter), ("$select", Join(select))], maxPerPage, ["NextPartitionKey", "NextRowKey"], EntityJson.Read<T>, cancellationToken);

    public virtual Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        WriteAsync(RequestMethod.Post, TableAddress, entity, ifMatch: null, cancellationToken);

    public virtual Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        WriteAsync(Method(mode), AddressOf(entity), entity, ifMatch.ToString("H"), cancellationToken);

    public virtual Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        WriteAsync(Method(mode), AddressOf(entity), entity, ifMatch: null, cancellationToken);

    /// <summary>Deletes an entity; one that is absent is an answer of status 404, not an exception.</summary>
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        Uri address = pipeline.EntityAddress(Name, partitionKey, rowKey);
        Response response = await pipeline.SendAsync(RequestMethod.Delete, address, json: null, Condition(ifMatch), cancellationToken).ConfigureAwait(false);
        return response.IsError && response.Status != 404 ? throw new RequestFailedException(response) : response;
    }

    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        Response response = await pipeline.SendTransactionAsync([.. transactionActions.Select(RequestOf)], cancellationToken).ConfigureAwait(false);
        if (response.IsError)
        {
            throw new TableTransactionFailedException(new RequestFailedException(response));
        }

        List<PartResponse> parts = TransactionBody.Read(response.Content.ToString());
        if (parts.Find(part => part.IsError) is { } refused)
        {
            ResponseError? error = TableErrorParser.Parse(refused.Content.ToMemory());
            throw new TableTransactionFailedException(new RequestFailedException(refused.Status, error?.Message ?? refused.ReasonPhrase, error?.Code, innerException: null));
        }

        return Response.FromValue<IReadOnlyList<Response>>(parts, response);
    }

    private static RequestMethod Method(TableUpdateMode mode) => mode == TableUpdateMode.Replace ? RequestMethod.Put : RequestMethod.Patch;

    private static string Condition(ETag etag) => etag == default ? ETag.All.ToString() : etag.ToString("H");

    private static string? Join(IEnumerable<string>? select) => select is null ? null : string.Join(',', select);

    private static T Parse<T>(Response response)
        where T : class, ITableEntity
    {
        using JsonDocument document = JsonDocument.Parse(response.Content.ToMemory());
        return EntityJson.Read<T>(document.RootElement);
    }

    private Uri AddressOf(ITableEntity entity) => pipeline.EntityAddress(Name, entity.PartitionKey, entity.RowKey);

    private Task<Response> ReadAsync(string partitionKey, string rowKey, IEnumerable<string>? select, CancellationToken cancellationToken)
    {
        Uri entity = pipeline.EntityAddress(Name, partitionKey, rowKey);
        Uri address = new(entity.AbsoluteUri + TablePipeline.Query([("$select", Join(select))]));
        return pipeline.SendAsync(RequestMethod.Get, address, json: null, ifMatch: null, cancellationToken);
    }

    private async Task<Response> WriteAsync(RequestMethod method, Uri address, ITableEntity entity, string? ifMatch, CancellationToken cancellationToken)
    {
        Response response = await pipeline.SendAsync(method, address, EntityJson.Write(entity), ifMatch, cancellationToken).ConfigureAwait(false);
        return response.IsError ? throw new RequestFailedException(response) : response;
    }

    private (string Method, Uri Address, string? IfMatch, byte[]? Entity) RequestOf(TableTransactionAction action)
    {
        ITableEntity entity = action.Entity;
        return action.ActionType switch
        {
            TableTransactionActionType.Add => ("POST", TableAddress, null, EntityJson.Write(entity)),
            TableTransactionActionType.Delete => ("DELETE", AddressOf(entity), Condition(action.ETag), null),
            TableTransactionActionType.UpdateMerge => ("PATCH", AddressOf(entity), Condition(action.ETag), EntityJson.Write(entity)),
            TableTransactionActionType.UpdateReplace => ("PUT", AddressOf(entity), Condition(action.ETag), EntityJson.Write(entity)),
            TableTransactionActionType.UpsertMerge => ("PATCH", AddressOf(entity), null, EntityJson.Write(entity)),
            TableTransactionActionType.UpsertReplace => ("PUT", AddressOf(entity), null, EntityJson.Write(entity)),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action.ActionType, message: null),
        };
    }
}
