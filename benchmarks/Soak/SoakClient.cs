using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trainyard.Benchmarks.Soak;

/// <summary>Asks the host, and notes every answer that is not as it should be. Thread safe.</summary>
internal sealed class SoakClient(Uri address) : IDisposable
{
    private const int Kept = 10;

    private readonly HttpClient http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    private readonly ConcurrentQueue<string> failures = new();
    private readonly ConcurrentDictionary<string, long> answered = new(StringComparer.Ordinal);
    private long failed;

    /// <summary>Answers that were right, by kind of request.</summary>
    public IReadOnlyDictionary<string, long> Answered => answered;

    /// <summary>Requests that were refused, failed, or answered wrongly.</summary>
    public long Failed => Interlocked.Read(ref failed);

    /// <summary>The first of them.</summary>
    public IEnumerable<string> Failures => failures;

    /// <summary>Asks, and has the answer looked at.</summary>
    /// <param name="kind">What sort of request it is.</param>
    /// <param name="method">GET, POST and so on.</param>
    /// <param name="path">Where.</param>
    /// <param name="body">What, or null.</param>
    /// <param name="check">Null when the answer is right, else what is wrong with it.</param>
    /// <returns>The answer; null when it failed.</returns>
    public async Task<JsonElement?> AskAsync(string kind, HttpMethod method, string path, JsonNode? body = null, Func<JsonElement, string?>? check = null)
    {
        using HttpContent? content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await SendAsync(kind, method, path, content, check);
    }

    /// <summary>Sends a model file.</summary>
    public async Task<JsonElement?> UploadAsync(string kind, string path, byte[] file)
    {
        using ByteArrayContent content = new(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return await SendAsync(kind, HttpMethod.Post, path, content, check: null);
    }

    /// <summary>A metric, added up over its labels.</summary>
    public async Task<double> MetricAsync(string name)
    {
        string text = await http.GetStringAsync("/api/metrics");
        return text.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is (' ' or '{'))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement?> SendAsync(string kind, HttpMethod method, string path, HttpContent? content, Func<JsonElement, string?>? check)
    {
        try
        {
            using HttpRequestMessage request = new(method, path) { Content = content };
            using HttpResponseMessage response = await http.SendAsync(request);
            string text = await response.Content.ReadAsStringAsync();
            JsonElement answer = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
            string? wrong = response.IsSuccessStatusCode ? check?.Invoke(answer) : ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            if (wrong is null)
            {
                answered.AddOrUpdate(kind, 1, (_, count) => count + 1);
                return answer;
            }

            Note($"{method} {path}: {wrong}\n  {text}");
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or JsonException)
        {
            Note($"{method} {path}: {failure.Message}");
        }

        return null;
    }

    private void Note(string failure)
    {
        if (Interlocked.Increment(ref failed) <= Kept)
        {
            failures.Enqueue(failure);
        }
    }
}
