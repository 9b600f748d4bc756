using Azure.Core.Pipeline;

namespace Trainyard.Storage.Tests.Azure;

/// <summary>A service that answers from a list and keeps what it was asked, for what an emulator does not say.</summary>
internal sealed class StubService(params HttpResponseMessage[] answers) : HttpMessageHandler
{
    private readonly Queue<HttpResponseMessage> waiting = new(answers);

    public List<(string Method, Uri Address, Dictionary<string, string> Headers, string Body)> Requests { get; } = [];

    public HttpClientTransport Transport() => new(new HttpClient(this));

    public static HttpResponseMessage Answer(int status, string body, params (string Name, string Value)[] headers)
    {
        HttpResponseMessage answer = new((System.Net.HttpStatusCode)status) { Content = new StringContent(body) };
        foreach ((string name, string value) in headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((request.Method.Method, request.RequestUri!, request.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase), body));
        return waiting.Dequeue();
    }
}
