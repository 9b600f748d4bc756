using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Trainyard.Functions.Tests.Garbage;
using Trainyard.Functions.Tests.Pipelines;

namespace Trainyard.Functions.Tests.Access;

/// <summary>One tenant's administrator asks every route for what is another's, by its true names and ids.</summary>
public sealed class TenantIsolationTests(SecuredHost host) : IClassFixture<SecuredHost>
{
    // In every name that Alice gives, so that any trace of hers in an answer to Bob is seen.
    private const string Mark = "alices-own";
    private const string Pipelines = "api/v1/advanced-ai/mlops/pipelines";

    [Fact]
    public async Task EveryRoute_AskedForWhatIsAnothers_TellsAndChangesNothing()
    {
        Dictionary<string, string> hers = await MakeAsync();
        string before = await SnapshotAsync(hers);

        List<string> walked = [];
        foreach ((string method, string route) in HttpEndpoints.All.Where(endpoint => !endpoint.Route.StartsWith("health", StringComparison.Ordinal)))
        {
            foreach (string path in Paths(route, hers))
            {
                await AskAsync(method, path, hers);
                walked.Add($"{method} {path}");
            }
        }

        Assert.True(walked.Count >= HttpEndpoints.All.Count, "Each route is walked at least once.");
        Assert.Equal(before, await SnapshotAsync(hers));
    }

    // Bob may make things of the same name; that says nothing of hers.
    private async Task AskAsync(string method, string path, Dictionary<string, string> hers)
    {
        using HttpRequestMessage request = SecuredHost.Request(host.Bob, new HttpMethod(method), path, BodyFor(method, path));
        using HttpResponseMessage response = await host.Client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        bool asksForHers = hers.Values.Any(id => path.Contains(id, StringComparison.Ordinal));

        // The refusal may repeat what Bob sent himself, in path or body.
        string said = path.Split('?', '/').Append(path == Pipelines && method == "POST" ? $"{Mark}-data" : "").Where(part => part.Length > 3).Aggregate(text, (rest, part) => rest.Replace(Uri.UnescapeDataString(part), "", StringComparison.Ordinal));
        Assert.DoesNotContain(Mark, said, StringComparison.Ordinal);
        if (asksForHers)
        {
            Assert.True((int)response.StatusCode is >= 400 and < 500, $"{method} {path} gave Bob {(int)response.StatusCode} {text}");
        }
    }

    private static HttpContent? BodyFor(string method, string path)
    {
        if (method is "GET" or "HEAD" or "DELETE")
        {
            return null;
        }

        string json = path switch
        {
            _ when path.EndsWith("predict", StringComparison.Ordinal) => """{"instance":{"sepal_length":5.1}}""",
            _ when path.EndsWith("threshold", StringComparison.Ordinal) => """{"threshold":0.1}""",
            _ when path.EndsWith("keys", StringComparison.Ordinal) => """{"name":"bobs","scopes":["read"]}""",
            _ when path.EndsWith("pipelines", StringComparison.Ordinal) => $$"""{"model_name":"bobs","dataset_uri":"dataset://{{Mark}}-data"}""",
            _ when path.EndsWith("deploy", StringComparison.Ordinal) => """{"version":"v1"}""",
            _ => "",
        };
        return new StringContent(json, new MediaTypeHeaderValue(path.Contains("datasets", StringComparison.Ordinal) ? "text/csv" : "application/json"));
    }

    /// <summary>The route with every id of hers that fits its parameters.</summary>
    private static IEnumerable<string> Paths(string route, Dictionary<string, string> hers)
    {
        string[] parameters = route.Split('/').Where(part => part.StartsWith('{')).ToArray();
        if (parameters.Length == 0)
        {
            yield return route.EndsWith("datasets", StringComparison.Ordinal) ? route + "?name=bobs" : route;
            yield break;
        }

        foreach (string name in hers.Where(each => each.Key is not ("pipelineId" or "runId")).Select(each => each.Value).Append(hers["pipelineId"]))
        {
            yield return string.Join('/', route.Split('/').Select(part => part switch
            {
                "{pipelineId}" => hers["pipelineId"],
                "{runId}" => hers["runId"],
                _ when part.StartsWith('{') => name,
                _ => part,
            }));
        }
    }

    /// <summary>One of everything that a tenant can have.</summary>
    private async Task<Dictionary<string, string>> MakeAsync()
    {
        using ByteArrayContent csv = new(Samples.Read("iris"));
        csv.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using HttpResponseMessage uploaded = await host.Client.SendAsync(SecuredHost.Request(host.Alice, HttpMethod.Post, $"api/v1/datasets?name={Mark}-data", csv));
        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);

        JsonNode pipeline = await DoAsync(HttpStatusCode.Created, HttpMethod.Post, Pipelines, $$"""{"model_name":"{{Mark}}-model","dataset_uri":"dataset://{{Mark}}-data","threshold":0.5,"auto_deploy":true}""");
        JsonNode run = await DoAsync(HttpStatusCode.Accepted, HttpMethod.Post, $"{Pipelines}/{pipeline["id"]}/trigger");
        await FollowAsync($"{Pipelines}/{pipeline["id"]}/runs/{run["run_id"]}");
        JsonNode model = await DoAsync(HttpStatusCode.OK, HttpMethod.Get, $"api/v1/models/{Mark}-model");
        JsonNode key = await DoAsync(HttpStatusCode.Created, HttpMethod.Post, "api/v1/keys", $$"""{"name":"{{Mark}}-key","scopes":["read"]}""");
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["dataset"] = $"{Mark}-data",
            ["model"] = $"{Mark}-model",
            ["modelId"] = (string)model["id"]!,
            ["key"] = (string)key["id"]!,
            ["pipelineId"] = (string)pipeline["id"]!,
            ["runId"] = (string)run["run_id"]!,
        };
    }

    // The clock stands still, so the watcher is moved on until the run is over.
    private async Task FollowAsync(string run)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        string status;
        do
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(100));
            JsonNode seen = await DoAsync(HttpStatusCode.OK, HttpMethod.Get, run);
            status = (string)seen["status"]!;
            Assert.False(patience.IsCancellationRequested, $"The run is still {status}.");
            Assert.NotEqual("failed", status);
        }
        while (status is "queued" or "running");

        Assert.Equal("deployed", status);
    }

    private async Task<string> SnapshotAsync(Dictionary<string, string> hers)
    {
        string[] paths =
        [
            $"api/v1/datasets/{hers["dataset"]}", $"api/v1/datasets/{hers["dataset"]}/versions", $"{Pipelines}/{hers["pipelineId"]}", $"{Pipelines}/{hers["pipelineId"]}/runs",
            $"{Pipelines}/{hers["pipelineId"]}/runs/{hers["runId"]}", $"api/v1/models/{hers["model"]}", $"api/v1/models/{hers["model"]}/versions", $"api/v1/alerts",
        ];
        List<string> seen = [];
        foreach (string path in paths)
        {
            seen.Add((await DoAsync(HttpStatusCode.OK, HttpMethod.Get, path)).ToJsonString());
        }

        Assert.Null((string?)(await DoAsync(HttpStatusCode.OK, HttpMethod.Get, $"api/v1/keys/{hers["key"]}"))["revoked_at"]);
        return string.Join('\n', seen);
    }

    private async Task<JsonNode> DoAsync(HttpStatusCode expected, HttpMethod method, string path, string? json = null)
    {
        (HttpStatusCode status, JsonNode? body) = await host.SendAsync(host.Alice, method, path, json);
        Assert.True(status == expected, $"{method} {path}: {status} {body}");
        return body!;
    }
}
