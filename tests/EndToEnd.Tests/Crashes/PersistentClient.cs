using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trainyard.EndToEnd.Tests.Crashes;

/// <summary>
/// A client that repeats a request until it is answered, as a careful caller would: every POST carries an
/// Idempotency-Key, so that a request whose answer was lost is not carried out twice.
/// </summary>
internal sealed class PersistentClient(KilledHost host) : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };

    public Task<JsonNode> UploadAsync(string name, string csv, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"/api/v1/datasets?name={name}", () => Body(csv, "text/csv"), $"upload-{name}", cancellationToken);

    public Task<JsonNode> PostAsync(string path, JsonObject? body, string key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, () => body is null ? null : Body(body.ToJsonString(), "application/json"), key, cancellationToken);

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, () => null, null, cancellationToken);

    public void Dispose() => http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, Func<HttpContent?> body, string? key, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using HttpRequestMessage request = new(method, new Uri(host.Address, path)) { Content = body() };
                if (key is not null)
                {
                    request.Headers.Add("Idempotency-Key", key);
                }

                using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
                string text = await answer.Content.ReadAsStringAsync(cancellationToken);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}\n{host.Output}");
                    return JsonNode.Parse(text)!;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
            {
                // The host was killed under the request: ask the next one.
            }

            await Task.Delay(RetryInterval, cancellationToken);
        }
    }

    private static StringContent Body(string text, string mediaType) => new(text, Encoding.UTF8, new MediaTypeHeaderValue(mediaType));
}
