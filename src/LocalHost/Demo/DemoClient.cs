using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trainyard.LocalHost.Demo;

/// <summary>Calls the host as any client would, over HTTP, and turns refusals into a message for a person.</summary>
internal sealed class DemoClient(HttpClient http)
{
    public const string Pipelines = "/api/v1/advanced-ai/mlops/pipelines";

    public async Task<JsonNode> UploadAsync(string name, string csv, CancellationToken cancellationToken)
    {
        using StringContent body = new(csv, Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));
        using HttpResponseMessage answer = await http.PostAsync($"/api/v1/datasets?name={Uri.EscapeDataString(name)}", body, cancellationToken);
        return await ReadAsync("Uploading the dataset", answer, cancellationToken);
    }

    public async Task<JsonNode> PostAsync(string step, string path, JsonNode? request, CancellationToken cancellationToken)
    {
        using StringContent? body = request is null ? null : new(request.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage answer = await http.PostAsync(path, body, cancellationToken);
        return await ReadAsync(step, answer, cancellationToken);
    }

    public async Task<JsonNode> GetAsync(string step, string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await http.GetAsync(path, cancellationToken);
        return await ReadAsync(step, answer, cancellationToken);
    }

    private static async Task<JsonNode> ReadAsync(string step, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        string text = await answer.Content.ReadAsStringAsync(cancellationToken);
        JsonNode? json = Parse(text);
        if (!answer.IsSuccessStatusCode || json is null)
        {
            string detail = json?["detail"]?.GetValue<string>() ?? text;
            throw new DemoException($"{step} failed with {(int)answer.StatusCode} {answer.StatusCode}: {detail}");
        }

        return json;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Not JSON: the caller shows the text itself.
            return null;
        }
    }
}
