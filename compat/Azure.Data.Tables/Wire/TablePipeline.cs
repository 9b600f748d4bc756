using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Wire;

/// <summary>Sends the Table service's REST calls through an Azure pipeline, which retries, times out and authenticates.</summary>
internal sealed class TablePipeline
{
    private const string TokenScope = "https://storage.azure.com/.default";
    private readonly HttpPipeline pipeline;
    private readonly string version;

    internal TablePipeline(Uri endpoint, HttpPipelinePolicy? authentication, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        options ??= new TableClientOptions();
        Endpoint = new Uri(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        version = options.Version;
        HttpPipelineOptions built = new(options) { RequestFailedDetailsParser = new TableErrorParser() };
        if (authentication is not null)
        {
            built.PerRetryPolicies.Add(authentication);
        }

        pipeline = HttpPipelineBuilder.Build(built);
    }

    internal Uri Endpoint { get; }

    internal static TablePipeline Open(string connectionString, TableClientOptions? options)
    {
        ConnectionString parsed = ConnectionString.Parse(connectionString);
        return parsed.SharedKey is { } key
            ? Open(parsed.Endpoint, key, options)
            : Open(parsed.Endpoint, new AzureSasCredential(parsed.Signature!), options);
    }

    internal static TablePipeline Open(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options) =>
        new(endpoint, new SharedKeyPolicy(credential), options);

    internal static TablePipeline Open(Uri endpoint, AzureSasCredential credential, TableClientOptions? options) =>
        new(endpoint, new SignaturePolicy(credential), options);

    internal static TablePipeline Open(Uri endpoint, TokenCredential credential, TableClientOptions? options) =>
        new(endpoint, new BearerTokenAuthenticationPolicy(credential, TokenScope), options);

    /// <summary>Address of a table's entity; both keys may hold any character.</summary>
    internal Uri EntityAddress(string table, string partitionKey, string rowKey) =>
        new(Endpoint, $"{table}(PartitionKey={Escape(partitionKey)},RowKey={Escape(rowKey)})");

    internal async Task<Response> SendAsync(RequestMethod method, Uri address, byte[]? json, string? ifMatch, CancellationToken cancellationToken)
    {
        using HttpMessage message = Create(method, address);
        message.Request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
        if (json is not null)
        {
            message.Request.Content = RequestContent.Create(json);
            message.Request.Headers.SetValue("Content-Type", "application/json;odata=nometadata");
            message.Request.Headers.SetValue("Prefer", "return-no-content");
        }

        if (ifMatch is not null)
        {
            message.Request.Headers.SetValue("If-Match", ifMatch);
        }

        await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Response;
    }

    internal async Task<Response> SendTransactionAsync(
        IEnumerable<(string Method, Uri Address, string? IfMatch, byte[]? Entity)> requests, CancellationToken cancellationToken)
    {
        string batch = $"batch_{Guid.NewGuid()}";
        using HttpMessage message = Create(RequestMethod.Post, new Uri(Endpoint, "$batch"));
        message.Request.Content = RequestContent.Create(TransactionBody.Write(batch, $"changeset_{Guid.NewGuid()}", requests));
        message.Request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
        message.Request.Headers.SetValue("Content-Type", $"multipart/mixed; boundary={batch}");
        await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Response;
    }

    /// <summary>Reads a page: the array <c>value</c> and the continuation, null when it is the last.</summary>
    internal async Task<(IReadOnlyList<T> Values, Response Response)> ReadListAsync<T>(
        Uri address, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        Response response = await SendAsync(RequestMethod.Get, address, json: null, ifMatch: null, cancellationToken).ConfigureAwait(false);
        if (response.IsError)
        {
            throw new RequestFailedException(response);
        }

        using JsonDocument document = JsonDocument.Parse(response.Content.ToMemory());
        return ([.. document.RootElement.GetProperty("value").EnumerateArray().Select(read)], response);
    }

    internal static string Query(params IEnumerable<(string Name, string? Value)> parameters)
    {
        StringBuilder query = new();
        foreach ((string name, string? value) in parameters.Where(parameter => parameter.Value is not null))
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value!));
        }

        return query.ToString();
    }

    private static string Escape(string key) => Uri.EscapeDataString(ODataLiteral.Quote(key));

    private HttpMessage Create(RequestMethod method, Uri address)
    {
        HttpMessage message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(address);
        message.Request.Headers.SetValue("x-ms-version", version);
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        return message;
    }
}
