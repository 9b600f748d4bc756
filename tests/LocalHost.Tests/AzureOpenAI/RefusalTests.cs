using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Azure.AI.OpenAI;

namespace Trainyard.LocalHost.Tests.AzureOpenAI;

/// <summary>What the service refuses, or cannot do now; true of the package and of what stands in for it.</summary>
public sealed class RefusalTests
{
    private const string Answer = """{"object":"list","model":"m","data":[],"usage":{"prompt_tokens":0,"total_tokens":0}}""";
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "401")]
    [InlineData(HttpStatusCode.NotFound, "DeploymentNotFound")]
    [InlineData(HttpStatusCode.BadRequest, "content_filter")]
    public async Task Call_Refused_TellsStatusAndCodeAndIsNotRepeated(HttpStatusCode status, string code)
    {
        ModelService service = new(ModelService.Error(status, code));

        ClientResultException refusal = await Assert.ThrowsAsync<ClientResultException>(() => service.Client().GetChatClient("chat-small").CompleteChatAsync("How many trains?"));

        Assert.Equal((int)status, refusal.Status);
        Assert.Equal(code, Code(refusal));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Call_FilteredPrompt_TellsWhichFilter()
    {
        ModelService service = new(ModelService.Json(
            """
            {"error":{"message":"The response was filtered.","type":null,"param":"prompt","code":"content_filter","status":400,
            "innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"violence":{"filtered":true,"severity":"high"}}}}}
            """,
            HttpStatusCode.BadRequest));

        ClientResultException refusal = await Assert.ThrowsAsync<ClientResultException>(() => service.Client().GetChatClient("chat-small").CompleteChatAsync("…"));

        JsonElement filters = Error(refusal).GetProperty("innererror").GetProperty("content_filter_result");
        Assert.Equal((400, "content_filter"), (refusal.Status, Code(refusal)));
        Assert.True(filters.GetProperty("violence").GetProperty("filtered").GetBoolean());
    }

    // The hour that the coarser header asks for would end the test by its own limit.
    [Theory]
    [InlineData("Retry-After=0")]
    [InlineData("retry-after-ms=0;Retry-After=3600")]
    [InlineData("x-ms-retry-after-ms=0;Retry-After=3600")]
    public async Task Call_Throttled_IsSentAgainWhenToldTo(string headers)
    {
        ModelService service = new(ModelService.Error(HttpStatusCode.TooManyRequests, "429", Headers(headers)), ModelService.Json(Answer));
        using CancellationTokenSource limit = new(patience);

        await service.Client().GetEmbeddingClient("embed-small").GenerateEmbeddingsAsync(["a train"], cancellationToken: limit.Token);

        Assert.Equal(2, service.Requests.Count);
        Assert.All(service.Requests, request => Assert.Equal(ModelService.Key, request.Headers["api-key"]));
        Assert.Single(service.Requests.Select(request => request.Headers["x-ms-client-request-id"]).Distinct());
    }

    [Fact]
    public async Task Call_ThrottledForLong_IsGivenUp()
    {
        const int Tries = 4;
        ModelService service = new([.. Enumerable.Range(0, Tries).Select(_ => ModelService.Error(HttpStatusCode.TooManyRequests, "429", ("retry-after-ms", "0")))]);

        ClientResultException refusal = await Assert.ThrowsAsync<ClientResultException>(() => service.Client().GetEmbeddingClient("embed-small").GenerateEmbeddingsAsync(["a train"]));

        Assert.Equal((429, "429", Tries), (refusal.Status, Code(refusal), service.Requests.Count));
    }

    [Fact]
    public async Task Call_WaitingToBeSentAgain_CanBeCancelled()
    {
        using CancellationTokenSource cancellation = new(patience);
        CancellingService service = new(cancellation);
        AzureOpenAIClientOptions options = new() { Transport = new HttpClientPipelineTransport(new HttpClient(service)) };
        AzureOpenAIClient client = new(ModelService.Endpoint, new ApiKeyCredential(ModelService.Key), options);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetEmbeddingClient("embed-small").GenerateEmbeddingsAsync(["a train"], cancellationToken: cancellation.Token));

        Assert.Equal(1, service.Calls);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task Refusal_InFull_ShowsNoSecret(HttpStatusCode status)
    {
        ModelService service = new(ModelService.Error(status, "code"), ModelService.Error(status, "code"));

        ClientResultException byKey = await Assert.ThrowsAsync<ClientResultException>(() => service.Client().GetChatClient("chat-small").CompleteChatAsync("…"));
        ClientResultException byToken = await Assert.ThrowsAsync<ClientResultException>(
            () => service.Client(new CountingCredential(TimeSpan.FromHours(1))).GetChatClient("chat-small").CompleteChatAsync("…"));

        Assert.DoesNotContain(ModelService.Key, byKey.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", byToken.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the-key\r\nwith-a-line")]
    [InlineData("the-key-of-Zürich")]
    public async Task Call_KeyThatIsNoHeader_FailsWithoutShowingIt(string key)
    {
        AzureOpenAIClientOptions options = new() { RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
        AzureOpenAIClient client = new(AddressOfNobody(), new ApiKeyCredential(key), options);

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => client.GetChatClient("chat-small").CompleteChatAsync("…"));

        Assert.DoesNotContain("the-key", failure.ToString(), StringComparison.Ordinal);
    }

    private static Uri AddressOfNobody()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private static (string Name, string Value)[] Headers(string text) =>
        [.. text.Split(';').Select(header => header.Split('=')).Select(header => (header[0], header[1]))];

    private static JsonElement Error(ClientResultException refusal) =>
        JsonDocument.Parse(refusal.GetRawResponse()!.Content).RootElement.GetProperty("error");

    private static string? Code(ClientResultException refusal) => Error(refusal).GetProperty("code").GetString();

    /// <summary>Asks for an hour's pause, in which its caller then loses interest.</summary>
    private sealed class CancellingService(CancellationTokenSource cancellation) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            HttpResponseMessage answer = ModelService.Error(HttpStatusCode.TooManyRequests, "429", ("Retry-After", "3600"));
            _ = cancellation.CancelAsync();
            return Task.FromResult(answer);
        }
    }
}
