using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Functions.Access;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Tests.Pipelines;

namespace Trainyard.Functions.Tests.Access;

public sealed class AuditTests(SecuredHost host) : IClassFixture<SecuredHost>
{
    private const string Pipelines = "api/v1/advanced-ai/mlops/pipelines";

    [Fact]
    public async Task EveryChange_IsEnteredWithWhoWhatAndWhatIsThereNow()
    {
        List<(string Action, bool Before, bool After)> made = [];

        // Makes a change and notes how its entry should look.
        async Task<JsonNode?> DoAsync(string action, bool before, bool after, HttpMethod method, string path, string? json = null)
        {
            (HttpStatusCode status, JsonNode? body) = await host.SendAsync(host.Alice, method, path, json);
            Assert.True((int)status < 300, $"{method} {path}: {status} {body}");
            made.Insert(0, (action, before, after));
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return body;
        }

        using ByteArrayContent csv = new(Samples.Read("iris"));
        csv.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using HttpResponseMessage uploaded = await host.Client.SendAsync(SecuredHost.Request(host.Alice, HttpMethod.Post, "api/v1/datasets?name=audited", csv));
        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);
        made.Insert(0, ("UploadDataset", false, true));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        string pipeline = $"{Pipelines}/{(await DoAsync("CreatePipeline", false, true, HttpMethod.Post, Pipelines, """{"model_name":"audited","dataset_uri":"dataset://audited","threshold":0.5,"auto_deploy":true}"""))!["id"]}";
        await DoAsync("SetPipelineThreshold", true, true, HttpMethod.Put, $"{pipeline}/threshold", """{"threshold":0.6}""");
        await DoAsync("PausePipeline", true, true, HttpMethod.Post, $"{pipeline}/pause");
        await DoAsync("ResumePipeline", true, true, HttpMethod.Post, $"{pipeline}/resume");
        string run = $"{pipeline}/runs/{(await DoAsync("TriggerPipeline", false, true, HttpMethod.Post, $"{pipeline}/trigger"))!["run_id"]}";
        await DoAsync("CancelPipelineRun", false, true, HttpMethod.Post, $"{run}/cancel");
        await EndAsync(run);
        await DoAsync("TriggerPipeline", false, true, HttpMethod.Post, $"{pipeline}/trigger");
        await EndAsync($"{pipeline}/runs/{(await GetAsync(pipeline))["latest_run"]!["id"]}");
        await DoAsync("DeployModel", false, true, HttpMethod.Post, "api/v1/models/audited/deploy");
        JsonNode job = (await DoAsync("StartBatch", false, true, HttpMethod.Post, "api/v1/predictions/batch", """{"model_id":"audited","dataset_uri":"dataset://audited"}"""))!;
        await DoAsync("CancelBatch", false, true, HttpMethod.Delete, $"api/v1/predictions/{job["job_id"]}?remove=true");
        string test = "";
        foreach ((string action, bool after, HttpMethod method, string path, string? json) in ModelChanges.InOrder())
        {
            JsonNode? answer = await DoAsync(action, false, after, method, path.Replace("{test}", test, StringComparison.Ordinal), json);
            test = action == "StartAbTest" ? (string)answer!["id"]! : test;
        }

        JsonNode key = (await DoAsync("CreateKey", false, true, HttpMethod.Post, "api/v1/keys", """{"name":"audited","scopes":["read"]}"""))!;
        await DoAsync("RevokeKey", true, true, HttpMethod.Delete, $"api/v1/keys/{key["id"]}");
        await DoAsync("ReplayPoisonMessages", false, true, HttpMethod.Post, "api/v1/queues/alerts/poison/replay");
        await DoAsync("DeletePoisonMessage", false, false, HttpMethod.Delete, "api/v1/queues/alerts/poison/7");
        await DoAsync("DeletePipeline", true, false, HttpMethod.Delete, pipeline);
        await DoAsync("DeleteDataset", true, false, HttpMethod.Delete, "api/v1/datasets/audited");

        JsonNode[] all = [.. (await GetAsync("api/v1/audit?limit=100"))["items"]!.AsArray().Select(entry => entry!)];
        JsonNode[] entries = [.. all.Where(entry => (string)entry["actor_kind"]! != "run")];

        Assert.Equal(made, entries.Select(entry => ((string)entry["action"]!, entry["before"] is not null, entry["after"] is not null)));
        Assert.All(entries, entry => Assert.Equal(("done", "key"), ((string)entry["outcome"]!, (string)entry["actor_kind"]!)));
        Assert.Single(entries.Select(entry => (string)entry["actor"]!).Distinct());
        JsonNode threshold = entries.Single(entry => (string)entry["action"]! == "SetPipelineThreshold");
        Assert.Equal((0.5, 0.6), ((double)threshold["before"]!["threshold"]!, (double)threshold["after"]!["threshold"]!));
        Assert.All(all, entry =>
        {
            Assert.DoesNotContain((string)key["token"]!, entry.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain("hash", entry.ToJsonString(), StringComparison.Ordinal);
        });
        Assert.Contains(all, entry => ((string)entry["actor_kind"]!, (string)entry["action"]!, (string)entry["target"]!) == ("run", "DeployVersion", "model://audited"));
        Assert.Equal(Changes(), made.Select(each => each.Action).ToHashSet(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RefusedChange_IsEnteredWithTheReason()
    {
        string trainer = await host.KeyAsync("dave", "train");
        string admin = await host.KeyAsync("dave", "admin");
        await host.SendAsync(trainer, HttpMethod.Delete, "api/v1/datasets/none");
        await host.SendAsync(trainer, HttpMethod.Post, Pipelines, "{");
        await host.SendAsync(trainer, HttpMethod.Post, "api/v1/models/none/deploy");

        JsonArray entries = (await host.SendAsync(admin, HttpMethod.Get, "api/v1/audit")).Body!["items"]!.AsArray();

        // Whoever may not ask at all has asked for no change.
        Assert.Equal(["dataset_not_found", "json_malformed"], entries.Select(entry => (string)entry!["outcome"]!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-13-01", "to")]
    [InlineData("from=0001-01-01T00:00:00Z", "from")]
    [InlineData("to=9999-12-31T23:59:59.9999999Z", "to")]
    public async Task List_BetweenWhatAreNoMoments_IsRefused(string query, string field)
    {
        (HttpStatusCode status, JsonNode? body) = await host.SendAsync(host.Alice, HttpMethod.Get, $"api/v1/audit?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, "parameter_invalid", field), (status, (string)body!["code"]!, (string)body["field"]!));
    }

    [Fact]
    public async Task Answers_CarrySecurityHeaders()
    {
        using HttpResponseMessage good = await host.Client.SendAsync(SecuredHost.Request(host.Alice, HttpMethod.Get, "api/v1/datasets"));
        using HttpResponseMessage bad = await host.Client.SendAsync(SecuredHost.Request(null, HttpMethod.Get, "api/v1/datasets"));
        using HttpResponseMessage nowhere = await host.Client.SendAsync(SecuredHost.Request(null, HttpMethod.Get, "nowhere"));
        Assert.All([good, bad, nowhere], response =>
        {
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("default-src 'none'; frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.True(response.Headers.CacheControl?.NoStore);
        });
    }

    private static IEnumerable<string> Changes() => Operations.Find(typeof(TrainyardServices).Assembly)
        .Where(method => method.GetCustomAttribute<OperationAttribute>()!.IsChange)
        .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name).Order(StringComparer.Ordinal);

    private async Task EndAsync(string run)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while ((string)(await GetAsync(run))["status"]! is "queued" or "running")
        {
            Assert.False(patience.IsCancellationRequested, "The run does not end.");
            host.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        (HttpStatusCode status, JsonNode? body) = await host.SendAsync(host.Alice, HttpMethod.Get, path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {body}");
        return body!;
    }
}
