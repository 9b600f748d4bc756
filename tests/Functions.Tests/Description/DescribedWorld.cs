using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Trainyard.Functions.Tests.Registry;
using Trainyard.Functions.Tests.Storage;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Functions.Tests.Description;

/// <summary>A host with one of everything that the examples speak of, made by sending the examples.</summary>
public sealed class DescribedWorld : IAsyncLifetime
{
    private const string OperatorKey = "operator-key-of-a-test-which-is-long-enough-to-be-one";

    // The form of one; which ids there are is known when something was predicted.
    private const string PredictionOfExamples = "019b76daa800712384560123456789ab-deadbeef-1-1-0-0-c1";

    private readonly string folder = Directory.CreateTempSubdirectory("trainyard-described-").FullName;
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);
    private LocalHostApplication? application;
    private string predictionId = PredictionOfExamples;

    internal HttpClient Client { get; private set; } = null!;

    /// <summary>The document that the host serves.</summary>
    internal JsonNode Document { get; private set; } = null!;

    internal IReadOnlyList<DescribedOperation> Operations { get; private set; } = [];

    public async Task InitializeAsync()
    {
        application = await LocalHostApplication.StartAsync(
            new LocalHostOptions
            {
                DataFolder = folder,
                Urls = ["http://127.0.0.1:0"],
                LogToConsole = false,
                LogLevel = LogLevel.None,
                Settings = await HostStorage.SettingsAsync(
                    ("Trainyard:Access:OperatorKey", OperatorKey), ("Trainyard:Limits:WritePerSecond", "100000"), ("Trainyard:Limits:UploadPerSecond", "100000")),
            },
            CancellationToken.None);
        Client = new HttpClient { BaseAddress = application.BaseAddress, Timeout = TimeSpan.FromSeconds(60) };
        Client.DefaultRequestHeaders.Add("x-api-key", OperatorKey);
        Document = JsonNode.Parse(await Client.GetStringAsync("openapi.json"))!;
        Operations = DescribedOperation.All(Document);
        await MakeAsync();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await application!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    internal DescribedOperation Operation(string id) => Operations.Single(operation => operation.Id == id);

    /// <summary>Sends a body to an operation; parameters are its examples, ids those of this world.</summary>
    internal Task<HttpResponseMessage> SendAsync(DescribedOperation operation, string? mediaType = null, string? body = null)
    {
        IEnumerable<JsonNode> parameters = (operation.Node["parameters"]?.AsArray() ?? []).Select(parameter => DescribedOperation.Follow(Document, parameter!));
        string path = operation.Path;
        List<string> query = [];
        foreach (JsonNode parameter in parameters.Where(parameter => parameter["example"] is not null))
        {
            (string name, string example) = ((string)parameter["name"]!, (string)parameter["example"]!);
            if ((string)parameter["in"]! == "path")
            {
                string value = ids.GetValueOrDefault($"{operation.Id}.{name}") ?? (operation.Path.Contains("/keys/", StringComparison.Ordinal) ? ids["key"] : ids.GetValueOrDefault(name)) ?? example;
                path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
            }
            else
            {
                query.Add($"{name}={Uri.EscapeDataString(example)}");
            }
        }

        HttpRequestMessage request = new(HttpMethod.Parse(operation.Method), path + (query.Count > 0 ? "?" + string.Join('&', query) : ""));
        if (body is not null)
        {
            request.Content = new StringContent(body.Replace(PredictionOfExamples, predictionId, StringComparison.Ordinal), Encoding.UTF8, new MediaTypeHeaderValue(mediaType!));
        }

        return Client.SendAsync(request);
    }

    /// <summary>Sends an example; gives the answer's body.</summary>
    internal async Task<JsonNode?> SendExampleAsync(DescribedOperation operation, string mediaType, JsonNode example)
    {
        string body = example.GetValueKind() == JsonValueKind.String ? (string)example! : example.ToJsonString();
        using HttpResponseMessage response = await SendAsync(operation, mediaType, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{operation.Id} refuses its example: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text);
    }

    private async Task MakeAsync()
    {
        // Four rows show the format; a model needs more of the same.
        string rows = "size,colour,kind\n" + string.Concat(Enumerable.Range(0, 120).Select(row => row % 3 == 0 ? $"{row % 7},red,apple\n" : $"{10 + (row % 7)},green,melon\n"));
        using HttpResponseMessage uploaded = await SendAsync(Operation("UploadDataset"), "text/csv", rows);
        Assert.True(uploaded.IsSuccessStatusCode);

        JsonNode created = await ExampleAsync("CreatePipeline");
        ids["DeletePipeline.pipelineId"] = (string)created["id"]!;
        ids["pipelineId"] = (string)(await ExampleAsync("CreatePipeline"))["id"]!;
        ids["runId"] = await RunAsync("runId");
        ids["key"] = (string)(await ExampleAsync("CreateKey"))["id"]!;
        ids["RevokeKey.id"] = (string)(await ExampleAsync("CreateKey"))["id"]!;
        await FollowAsync();
        predictionId = (string)(await ExampleAsync("Predict"))["prediction_ids"]![0]!;
        ids["jobId"] = (string)(await ExampleAsync("StartBatch"))["job_id"]!;
        ids["CancelBatch.jobId"] = (string)(await ExampleAsync("StartBatch"))["job_id"]!;
        using HttpResponseMessage told = await SendAsync(Operation("WatchBatch"));
        Assert.Contains("\"status\":\"completed\"", await told.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage spare = await Client.PostAsync("api/v1/datasets?name=spare", new StringContent(rows, Encoding.UTF8, "text/csv"));
        Assert.True(spare.IsSuccessStatusCode);
        ids["DeleteDataset.name"] = "spare";
        await MakeRolledAsync();
        await MakeCanariesAsync();
        await MakeTestsAsync();
    }

    // A model for the example of a test, and a test under way for each thing that can be asked of one.
    private async Task MakeTestsAsync()
    {
        await MakeModelAsync("test-Start");
        ids["StartAbTest.id"] = "test-Start";
        foreach (string command in new[] { "Get", "Stop", "Conclude" })
        {
            string model = $"test-{command}";
            await MakeModelAsync(model);
            const string Body = """{"name": "one", "variants": [{"version": "v1", "percent": 50}, {"version": "v2", "percent": 50}], "metric": {"kind": "correct"}}""";
            using HttpResponseMessage begun = await Client.PostAsync($"api/v1/models/{model}/ab-tests", new StringContent(Body));
            string text = await begun.Content.ReadAsStringAsync();
            Assert.True(begun.IsSuccessStatusCode, text);
            ids[$"{command}AbTest.id"] = model;
            ids[$"{command}AbTest.testId"] = (string)JsonNode.Parse(text)!["id"]!;
        }
    }

    // A model with two versions that were in production: there is something to go back to.
    private async Task MakeRolledAsync()
    {
        await MakeModelAsync("rolled");
        await DeployAsync("rolled", """{"version": "v2"}""");
        ids["RollbackModel.id"] = "rolled";
    }

    // A canary under way for each thing that can be asked of one.
    private async Task MakeCanariesAsync()
    {
        foreach (string command in new[] { "Pause", "Resume", "Promote", "Abort" })
        {
            string model = $"canary-{command}";
            await MakeModelAsync(model);
            await DeployAsync(model, """{"version": "v2", "strategy": "canary", "canary": {"step_seconds": 86400}}""");
            ids[$"{command}ModelCanary.id"] = model;
        }

        ids["GetModelCanary.id"] = "canary-Pause";
    }

    private async Task MakeModelAsync(string name)
    {
        byte[] file = ForeignModel.XGBoost().File;
        foreach (string _ in new[] { "v1", "v2" })
        {
            using HttpResponseMessage uploaded = await Client.PostAsync($"api/v1/models/{name}/versions", new ByteArrayContent(file));
            Assert.True(uploaded.IsSuccessStatusCode, await uploaded.Content.ReadAsStringAsync());
        }

        await DeployAsync(name, """{"version": "v1"}""");
    }

    private async Task DeployAsync(string name, string body)
    {
        using HttpResponseMessage deployed = await Client.PostAsync($"api/v1/models/{name}/deploy", new StringContent(body));
        Assert.True(deployed.IsSuccessStatusCode, await deployed.Content.ReadAsStringAsync());
    }

    /// <summary>Begins a run, so that there is one to cancel.</summary>
    internal async Task<string> RunAsync(string name)
    {
        using HttpResponseMessage triggered = await SendAsync(Operation("TriggerPipeline"));
        string text = await triggered.Content.ReadAsStringAsync();
        Assert.True(triggered.IsSuccessStatusCode, text);
        return ids[name] = (string)JsonNode.Parse(text)!["run_id"]!;
    }

    /// <summary>Returns when the run is over.</summary>
    internal async Task FollowAsync()
    {
        using HttpResponseMessage events = await SendAsync(Operation("WatchPipelineRun"));
        string told = await events.Content.ReadAsStringAsync();
        Assert.Contains("\"status\":\"deployed\"", told, StringComparison.Ordinal);
    }

    private async Task<JsonNode> ExampleAsync(string id)
    {
        (string mediaType, _, JsonNode example) = Operation(id).Bodies().First();
        return (await SendExampleAsync(Operation(id), mediaType, example))!;
    }
}
