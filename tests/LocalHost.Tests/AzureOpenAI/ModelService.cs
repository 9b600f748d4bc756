using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text;
using System.Text.Json;
using Azure.AI.OpenAI;
using Azure.Core;

namespace Trainyard.LocalHost.Tests.AzureOpenAI;

/// <summary>An Azure OpenAI resource that answers from a list and keeps what it was asked.</summary>
internal sealed class ModelService(params HttpResponseMessage[] answers) : HttpMessageHandler
{
    public const string Key = "0123456789abcdef-the-key";
    public static readonly Uri Endpoint = new("https://yard.openai.azure.com");

    private readonly Queue<HttpResponseMessage> waiting = new(answers);

    public List<ModelRequest> Requests { get; } = [];

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        HttpResponseMessage answer = new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach ((string name, string value) in headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    public static HttpResponseMessage Error(HttpStatusCode status, string code, params (string Name, string Value)[] headers) =>
        Json($$$"""{"error":{"code":"{{{code}}}","message":"What went wrong."}}""", status, headers);

    public AzureOpenAIClientOptions Options() => new() { Transport = new HttpClientPipelineTransport(new HttpClient(this)) };

    public AzureOpenAIClient Client() => new(Endpoint, new ApiKeyCredential(Key), Options());

    public AzureOpenAIClient Client(TokenCredential credential) => new(Endpoint, credential, Options());

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using StreamReader body = new(request.Content!.ReadAsStream(cancellationToken));
        return Take(request, body.ReadToEnd());
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Take(request, await request.Content!.ReadAsStringAsync(cancellationToken));

    private HttpResponseMessage Take(HttpRequestMessage request, string body)
    {
        lock (Requests)
        {
            Requests.Add(new ModelRequest(
                request.Method.Method,
                request.RequestUri!,
                request.Headers.ToDictionary(header => header.Key, header => string.Join(' ', header.Value), StringComparer.OrdinalIgnoreCase),
                body));
            return waiting.Dequeue();
        }
    }
}

internal sealed record ModelRequest(string Method, Uri Address, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
