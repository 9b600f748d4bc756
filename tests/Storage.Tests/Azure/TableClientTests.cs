using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace Trainyard.Storage.Tests.Azure;

/// <summary>The calls of the table client in their documented wire form; true of the package and of what stands in for it.</summary>
public class TableClientTests
{
    private const string Empty = """{"value":[]}""";
    private static readonly Uri Endpoint = new("https://yard.table.core.windows.net");
    private static readonly string Key = Convert.ToBase64String(Encoding.UTF8.GetBytes("a key"));

    [Fact]
    public async Task Query_ContinuationOfTheService_IsFollowed()
    {
        StubService service = new(
            StubService.Answer(200, Entities("a"), ("x-ms-continuation-NextPartitionKey", "1!4!cA--"), ("x-ms-continuation-NextRowKey", "1!4!Yg--")),
            StubService.Answer(200, Entities("b")));
        List<string> rows = [];
        await foreach (TableEntity entity in Client(service).QueryAsync<TableEntity>("PartitionKey eq 'p'", maxPerPage: 1, select: ["RowKey", "D0"]))
        {
            rows.Add(entity.RowKey);
        }

        Assert.Equal(["a", "b"], rows);
        Assert.Contains("$top=1", Uri.UnescapeDataString(service.Requests[0].Address.Query), StringComparison.Ordinal);
        Assert.Contains("$select=RowKey,D0", Uri.UnescapeDataString(service.Requests[0].Address.Query), StringComparison.Ordinal);
        Assert.Contains("NextPartitionKey=1!4!cA--", Uri.UnescapeDataString(service.Requests[1].Address.Query), StringComparison.Ordinal);
        Assert.Contains("NextRowKey=1!4!Yg--", Uri.UnescapeDataString(service.Requests[1].Address.Query), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transaction_Refused_NamesTheActionAndTheCode()
    {
        const string Body =
            "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n--changesetresponse_1\r\n"
            + "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 409 Conflict\r\nContent-ID: 3\r\n"
            + "Content-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8\r\n\r\n"
            + """{"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"2:The specified entity already exists.\nRequestId:x"}}}"""
            + "\r\n--changesetresponse_1--\r\n--batchresponse_1--\r\n";
        HttpResponseMessage answer = StubService.Answer(202, Body);
        answer.Content.Headers.Remove("Content-Type");
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/mixed; boundary=batchresponse_1");
        StubService service = new(answer);
        TableTransactionAction[] actions =
            [.. Enumerable.Range(0, 3).Select(number => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"r{number}")))];

        TableTransactionFailedException refusal = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Client(service).SubmitTransactionAsync(actions));

        Assert.Equal((409, "EntityAlreadyExists", 2), (refusal.Status, refusal.ErrorCode, refusal.FailedTransactionActionIndex));
        Assert.Equal("/$batch", service.Requests[0].Address.AbsolutePath);
    }

    [Fact]
    public async Task AnyCall_Throttled_IsSentAgain()
    {
        StubService service = new(StubService.Answer(503, "", ("Retry-After", "0")), StubService.Answer(200, Empty));

        await foreach (TableEntity entity in Client(service).QueryAsync<TableEntity>())
        {
            Assert.Fail($"There is no entity {entity.RowKey}.");
        }

        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task Read_AbsentEntity_TellsByCodeOrWithoutException()
    {
        const string Absent = """{"odata.error":{"code":"ResourceNotFound","message":{"lang":"en-US","value":"The specified resource does not exist."}}}""";
        StubService service = new(Json(404, Absent), Json(404, Absent));

        RequestFailedException refusal = await Assert.ThrowsAsync<RequestFailedException>(() => Client(service).GetEntityAsync<TableEntity>("p", "r"));
        Assert.Equal((404, "ResourceNotFound"), (refusal.Status, refusal.ErrorCode));
        Assert.False((await Client(service).GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task Update_WithETag_SendsItAsCondition()
    {
        const string ETag = "W/\"datetime'2026-01-05T09%3A00%3A00.0000000Z'\"";
        StubService service = new(StubService.Answer(204, "", ("ETag", ETag)), StubService.Answer(204, ""));
        TableEntity entity = new("it's", "r/1") { ["Number"] = 5L, ["Bytes"] = new byte[] { 1, 2 } };

        Response written = await Client(service).UpdateEntityAsync(entity, new ETag(ETag), TableUpdateMode.Replace);
        await Client(service).DeleteEntityAsync("p", "r");

        Assert.Equal(ETag, written.Headers.ETag.ToString());
        Assert.Equal(("PUT", ETag), (service.Requests[0].Method, service.Requests[0].Headers["If-Match"]));
        Assert.Equal("/yards(PartitionKey='it''s',RowKey='r/1')", Uri.UnescapeDataString(service.Requests[0].Address.AbsolutePath));
        Assert.Contains("\"Number\":\"5\"", service.Requests[0].Body, StringComparison.Ordinal);
        Assert.Contains("\"Bytes\":\"AQI=\"", service.Requests[0].Body, StringComparison.Ordinal);
        Assert.Equal(("DELETE", "*"), (service.Requests[1].Method, service.Requests[1].Headers["If-Match"]));
    }

    [Fact]
    public async Task AnyCall_WithAccountKey_IsSignedByTheDocumentedScheme()
    {
        StubService service = new(StubService.Answer(204, ""));
        TableClient client = new(Endpoint, "yards", new TableSharedKeyCredential("yard", Key), Options(service));

        await client.DeleteEntityAsync("p", "r");

        (_, Uri address, Dictionary<string, string> headers, _) = service.Requests[0];
        string signature = Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String(Key), Encoding.UTF8.GetBytes($"{headers["x-ms-date"]}\n/yard{address.AbsolutePath}")));
        Assert.Equal($"SharedKeyLite yard:{signature}", headers["Authorization"]);
    }

    [Fact]
    public async Task AnyCall_WithSignature_CarriesItOnceInEveryTry()
    {
        StubService service = new(StubService.Answer(503, ""), StubService.Answer(200, Empty));
        TableServiceClient client = new(Endpoint, new AzureSasCredential("sv=2020-12-06&sig=abc%3D"), Options(service));

        await foreach (TableEntity entity in client.GetTableClient("yards").QueryAsync<TableEntity>("RowKey ge 'a'"))
        {
            Assert.Fail($"There is no entity {entity.RowKey}.");
        }

        Assert.Equal(2, service.Requests.Count);
        Assert.All(service.Requests, request => Assert.Equal(2, request.Address.Query.Split("sig=abc%3D").Length));
    }

    [Fact]
    public async Task AnyCall_WithIdentity_CarriesItsTokenForStorage()
    {
        StubService service = new(StubService.Answer(204, ""));
        FixedToken identity = new();
        TableClient client = new(Endpoint, "yards", identity, Options(service));

        await client.DeleteEntityAsync("p", "r");

        Assert.Equal("Bearer the-token", service.Requests[0].Headers["Authorization"]);
        Assert.Equal("https://storage.azure.com/.default", Assert.Single(identity.Scopes));
    }

    [Fact]
    public void CreateQueryFilter_Values_BecomeLiterals() => Assert.Equal(
        "Name eq 'it''s' and Count gt 5 and Long eq 6L and Flag eq true",
        TableClient.CreateQueryFilter($"Name eq {"it's"} and Count gt {5} and Long eq {6L} and Flag eq {true}"));

    private static TableClient Client(StubService service) =>
        new($"DefaultEndpointsProtocol=https;AccountName=yard;AccountKey={Key};EndpointSuffix=core.windows.net", "yards", Options(service));

    private static TableClientOptions Options(StubService service) =>
        new() { Transport = service.Transport(), Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(5) } };

    private static string Entities(string row) => $$"""{"value":[{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"{{row}}"}]}""";

    private static HttpResponseMessage Json(int status, string body)
    {
        HttpResponseMessage answer = new((System.Net.HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return answer;
    }

    private sealed class FixedToken : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return ValueTask.FromResult(new AccessToken("the-token", DateTimeOffset.MaxValue));
        }
    }
}
