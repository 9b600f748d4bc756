using System.Net;
using System.Text.Json;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.Traffic;

public sealed class CanaryHttpTests(ClockedHost host) : IClassFixture<ClockedHost>
{
    private const string Body = """{"instance":{"size":1,"colour":"red"}}""";

    // Of real time, not of the clock: a host that is this slow is broken.
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Canary_WhoseVersionFailsEveryCall_IsRolledBackByItselfAndAtMostTwoPercentSawIt()
    {
        await DeployedModel.RegisterAsync(host, "failing", "run-1");
        await host.PostAsync("api/v1/models/failing/deploy", "");
        using HttpResponseMessage uploaded = await host.Client.PostAsync(new Uri("api/v1/models/failing/versions", UriKind.Relative), new ByteArrayContent(ForeignModel.XGBoost().File));
        using HttpResponseMessage begun = await host.PostAsync(
            "api/v1/models/failing/deploy", """{"version":"v2","strategy":"canary","allow_schema_change":true,"reason":"a wider table","canary":{"step_seconds":600}}""");
        JsonElement deployment = await PlatformHost.JsonAsync(begun);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, "canary", "v2"), (uploaded.StatusCode, begun.StatusCode, Text(deployment, "status"), Text(deployment, "version")));
        Assert.Equal("""[{"version":"v1","percent":99},{"version":"v2","percent":1}]""", deployment.GetProperty("traffic").GetRawText());

        const int Requests = 1_500;
        int failed = await FailuresAsync("failing", Requests);
        JsonElement over = await UntilAsync("failing", "rolled_back");
        int after = await FailuresAsync("failing", 300);

        Assert.InRange(failed, 1, Requests / 50);
        Assert.Equal(0, after);
        JsonElement decision = over.GetProperty("decisions").EnumerateArray().Last();
        Assert.Equal(("roll_back", "canary", 1), (Text(decision, "action"), Text(decision, "by"), decision.GetProperty("percent").GetDouble()));
        JsonElement evidence = decision.GetProperty("evidence");
        Assert.Equal((failed, failed, Requests - failed, 0), (Int(evidence, "calls"), Int(evidence, "failures"), Int(evidence, "baseline_calls"), Int(evidence, "baseline_failures")));
        Assert.True(evidence.GetProperty("error_increase").GetDouble() > 0.01);
        Assert.Equal(("rollback", "v1"), (Text(await host.GetAsync("api/v1/models/failing/traffic"), "strategy"), Text(await host.GetAsync("api/v1/models/failing/traffic"), "version")));
        JsonElement alerts = await host.GetAsync("api/v1/alerts");
        Assert.Contains(alerts.GetProperty("items").EnumerateArray(), alert => Text(alert, "kind") == "canary_rolled_back" && Text(alert, "model_name") == "failing");
    }

    [Fact]
    public async Task Canary_OfAVersionThatDoesAsWell_IsPromotedByItself()
    {
        await TwoVersionsAsync("healthy");
        await host.PostAsync("mlops/deploy", """{"modelId":"healthy","version":"v2","strategy":"canary","steps":[20,50,100],"stepSeconds":60,"minCalls":20}""");
        List<double> seen = [];
        JsonElement canary;
        do
        {
            Assert.Equal(0, await FailuresAsync("healthy", 200));
            canary = await AdvancedAsync("healthy", seen.Count == 0 ? 0 : seen[^1]);
            seen.Add(canary.GetProperty("percent").GetDouble());
        }
        while (Text(canary, "state") == "running");

        Assert.Equal("promoted", Text(canary, "state"));
        Assert.Equal([50, 100], seen);
        Assert.Equal(["begin", "advance", "promote"], canary.GetProperty("decisions").EnumerateArray().Select(decision => Text(decision, "action")));
        JsonElement traffic = await host.GetAsync("api/v1/models/healthy/traffic");
        Assert.Equal(("v2", "canary", """[{"version":"v2","percent":100}]"""), (Text(traffic, "version"), Text(traffic, "strategy"), traffic.GetProperty("shares").GetRawText()));
    }

    [Fact]
    public async Task Canary_PausedResumedAndAborted_DoesAsItIsTold()
    {
        await TwoVersionsAsync("told");
        await host.PostAsync("api/v1/models/told/deploy", """{"version":"v2","strategy":"canary","canary":{"steps":[10,100],"step_seconds":60,"min_calls":1}}""");
        using HttpResponseMessage paused = await host.PostAsync("api/v1/models/told/canary/pause", """{"reason":"lunch"}""");
        using HttpResponseMessage resumed = await host.PostAsync("api/v1/models/told/canary/resume", "");
        using HttpResponseMessage aborted = await host.PostAsync("api/v1/models/told/canary/abort", "");
        using HttpResponseMessage late = await host.PostAsync("api/v1/models/told/canary/promote", "");

        Assert.Equal(["paused", "running", "aborted"], new[] { await StateAsync(paused), await StateAsync(resumed), await StateAsync(aborted) });
        Assert.Equal((HttpStatusCode.Conflict, "canary_over"), (late.StatusCode, Text(await PlatformHost.ProblemAsync(late), "code")));
        JsonElement[] decisions = [.. (await host.GetAsync("api/v1/models/told/canary")).GetProperty("decisions").EnumerateArray()];
        Assert.Equal(["begin", "pause", "resume", "abort"], decisions.Select(decision => Text(decision, "action")));
        Assert.Equal(("local", "lunch"), (Text(decisions[1], "by"), Text(decisions[1], "reason")));
        Assert.Equal("v1", Text(await host.GetAsync("api/v1/models/told/traffic"), "version"));
    }

    [Fact]
    public async Task Canary_PromotedAtOnce_HasAllTraffic()
    {
        await TwoVersionsAsync("hurried");
        await host.PostAsync("api/v1/models/hurried/deploy", """{"version":"v2","strategy":"canary"}""");

        using HttpResponseMessage promoted = await host.PostAsync("api/v1/models/hurried/canary/promote", "");

        Assert.Equal("promoted", await StateAsync(promoted));
        Assert.Equal("v2", Text(await host.GetAsync("api/v1/models/hurried/traffic"), "version"));
    }

    [Theory]
    [InlineData("""{"version":"v2","strategy":"canary","canary":{"steps":[50,10,100]}}""", HttpStatusCode.BadRequest, "canary_steps_invalid", "steps")]
    [InlineData("""{"version":"v2","strategy":"canary","canary":{"steps":[]}}""", HttpStatusCode.BadRequest, "canary_steps_invalid", "steps")]
    [InlineData("""{"version":"v2","strategy":"canary","canary":{"steps":[-5,100]}}""", HttpStatusCode.BadRequest, "traffic_percent_invalid", "steps")]
    [InlineData("""{"version":"v2","strategy":"canary","canary":{"step_seconds":1e300}}""", HttpStatusCode.BadRequest, "canary_setting_out_of_range", "step_seconds")]
    [InlineData("""{"version":"v2","strategy":"canary","canary":{"alpha":0}}""", HttpStatusCode.BadRequest, "canary_setting_out_of_range", "alpha")]
    [InlineData("""{"version":"v2","strategy":"canary","traffic":10}""", HttpStatusCode.BadRequest, "canary_share_unused", "traffic")]
    [InlineData("""{"version":"v1","strategy":"canary"}""", HttpStatusCode.Conflict, "canary_version_deployed", "version")]
    [InlineData("""{"version":"v9","strategy":"canary"}""", HttpStatusCode.NotFound, "model_version_not_found", "version")]
    public async Task Canary_ThatIsNone_IsRefusedByName(string json, HttpStatusCode status, string code, string field)
    {
        await DeployedModel.RegisterAsync(host, "wrong", "run-1");
        await DeployedModel.RegisterAsync(host, "wrong", "run-2");
        await host.PostAsync("api/v1/models/wrong/deploy", """{"version":"v1"}""", "deploy-wrong");

        using HttpResponseMessage response = await host.PostAsync("api/v1/models/wrong/deploy", json);

        JsonElement problem = await PlatformHost.ProblemAsync(response);
        Assert.Equal((status, code, field), (response.StatusCode, Text(problem, "code"), Text(problem, "field")));
        Assert.Equal(1, Int(await host.GetAsync("api/v1/models/wrong/traffic"), "deployment"));
    }

    [Fact]
    public async Task Canary_OfAModelWithoutOne_IsNotFound()
    {
        await TwoVersionsAsync("quiet");

        using HttpResponseMessage none = await host.Client.GetAsync(new Uri("api/v1/models/quiet/canary", UriKind.Relative));
        using HttpResponseMessage paused = await host.PostAsync("api/v1/models/quiet/canary/pause", "");

        Assert.Equal((HttpStatusCode.NotFound, "canary_not_found"), (none.StatusCode, Text(await PlatformHost.ProblemAsync(none), "code")));
        Assert.Equal(HttpStatusCode.NotFound, paused.StatusCode);
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static int Int(JsonElement element, string member) => element.GetProperty(member).GetInt32();

    private static async Task<string> StateAsync(HttpResponseMessage response) => Text(await PlatformHost.JsonAsync(response), "state");

    private async Task TwoVersionsAsync(string name)
    {
        await DeployedModel.RegisterAsync(host, name, "run-1");
        await DeployedModel.RegisterAsync(host, name, "run-2");
        await host.PostAsync($"api/v1/models/{name}/deploy", """{"version":"v1"}""");
    }

    private async Task<int> FailuresAsync(string model, int requests)
    {
        int failed = 0;
        for (int request = 0; request < requests; request++)
        {
            using HttpResponseMessage response = await host.PostAsync($"api/v1/models/{model}/predict", Body);
            failed += response.IsSuccessStatusCode ? 0 : 1;
        }

        return failed;
    }

    // Moves the clock until the orchestration has taken the canary to another share, or to its end.
    private async Task<JsonElement> AdvancedAsync(string model, double from)
    {
        using CancellationTokenSource tooLong = new(TooLong);
        double before = from;
        JsonElement canary = await host.GetAsync($"api/v1/models/{model}/canary");
        before = before == 0 ? canary.GetProperty("percent").GetDouble() : before;
        while (canary.GetProperty("percent").GetDouble() == before)
        {
            tooLong.Token.ThrowIfCancellationRequested();
            host.Clock.Advance(TimeSpan.FromSeconds(10));
            canary = await host.GetAsync($"api/v1/models/{model}/canary");
        }

        return canary;
    }

    private async Task<JsonElement> UntilAsync(string model, string state)
    {
        using CancellationTokenSource tooLong = new(TooLong);
        JsonElement canary = await host.GetAsync($"api/v1/models/{model}/canary");
        while (Text(canary, "state") != state)
        {
            tooLong.Token.ThrowIfCancellationRequested();
            host.Clock.Advance(TimeSpan.FromSeconds(10));
            canary = await host.GetAsync($"api/v1/models/{model}/canary");
        }

        return canary;
    }
}
