using System.Net;
using System.Text;
using System.Text.Json;
using Trainyard.Functions.Tests.Registry;
using Trainyard.Functions.Tests.Traffic;

namespace Trainyard.Functions.Tests.AbTests;

public sealed class AbTestHttpTests(ClockedHost host) : IClassFixture<ClockedHost>
{
    private const string Row = """{"instance":{"size":1,"colour":"red"}}""";

    // Of real time, not of the clock: a host that is this slow is broken.
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task AbTest_OfAVersionThatIsRightMoreOften_IsConcludedInItsFavour()
    {
        await TwoVersionsAsync("better");
        string id = await StartAsync("better", """{"kind":"correct"}""", """, "min_sample": 50, "guardrails": [{"kind":"error_share","allowed_harm":0.9},{"kind":"slow_share","slow_ms":5000,"allowed_harm":0.9}]""");
        List<(string Id, string Version)> asked = [.. await AskAsync("better", 200), .. await AskAsync("better", 200)];
        await TellAsync("better", asked.Select(each => $$"""{"prediction_id":"{{each.Id}}","correct":{{(each.Version == "v2" ? "true" : "false")}}}"""));

        host.Clock.Advance(TimeSpan.FromSeconds(11));
        JsonElement test = await host.GetAsync($"api/v1/models/better/ab-tests/{id}");
        using HttpResponseMessage concluded = await host.PostAsync($"api/v1/models/better/ab-tests/{id}/conclude", """{"reason":"as it says"}""");
        JsonElement over = await PlatformHost.JsonAsync(concluded);

        JsonElement result = test.GetProperty("result");
        Assert.Equal(("promote", "v2"), (Text(result, "recommendation"), Text(result, "group")));
        JsonElement[] groups = [.. result.GetProperty("groups").EnumerateArray()];
        Assert.Equal(["control", "v2"], groups.Select(group => Text(group, "name")));
        Assert.Equal(200, groups.Sum(group => Int(group, "units")));
        Assert.Equal(200, groups.Sum(group => Int(group.GetProperty("metric"), "sample")));
        Assert.Equal(400, groups.Sum(group => Int(group.GetProperty("guardrails")[0], "sample")));
        Assert.True(groups[1].GetProperty("metric").GetProperty("lower").GetDouble() > 0.3);
        Assert.True(result.GetProperty("sample_ratio_p_value").GetDouble() > 0.001);
        Assert.Equal((HttpStatusCode.OK, "promoted"), (concluded.StatusCode, Text(over, "state")));
        Assert.Equal(["begin", "promote"], over.GetProperty("decisions").EnumerateArray().Select(decision => Text(decision, "action")));
        JsonElement traffic = await host.GetAsync("api/v1/models/better/traffic");
        Assert.Equal(("v2", "ab_test"), (Text(traffic, "version"), Text(traffic, "strategy")));
        Assert.Equal(id, Text(Assert.Single((await host.GetAsync("api/v1/models/better/ab-tests")).GetProperty("items").EnumerateArray()), "id"));
    }

    [Fact]
    public async Task AbTest_WhoseTimeIsOver_IsEndedByTheClockAlone()
    {
        await TwoVersionsAsync("timed");
        string id = await StartAsync("timed", """{"kind":"conversion","window_seconds":0}""", """, "max_duration_seconds": 60""");
        await AskAsync("timed", 5);

        using CancellationTokenSource patience = new(TooLong);
        JsonElement traffic;
        do
        {
            Assert.False(patience.IsCancellationRequested, "The test is never ended.");
            host.Clock.Advance(TimeSpan.FromSeconds(15));
            traffic = await host.GetAsync("api/v1/models/timed/traffic");
        }
        while (traffic.GetProperty("shares").GetArrayLength() > 1);

        JsonElement test = await host.GetAsync($"api/v1/models/timed/ab-tests/{id}");
        Assert.Equal(("expired", "v1"), (Text(test, "state"), Text(traffic, "version")));
        Assert.Equal(5, test.GetProperty("result").GetProperty("groups").EnumerateArray().Sum(group => Int(group, "units")));
    }

    [Theory]
    [InlineData("""{}""", 400, "field_missing")]
    [InlineData("""{"name":"x","variants":[],"metric":{"kind":"correct"}}""", 400, "ab_test_variants_invalid")]
    [InlineData("""{"name":"x","variants":[{"version":"v1","percent":50},{"version":"v2","percent":50}],"metric":{"kind":"luck"}}""", 400, "field_type")]
    [InlineData("""{"name":"x","variants":[{"version":"v1","percent":50},{"version":"v2","percent":50}],"metric":{"kind":"value","lower":2}}""", 400, "ab_test_setting_invalid")]
    [InlineData("""{"name":"x","variants":[{"version":"v1","percent":50},{"version":"v2","percent":50}],"metric":{"kind":"value","upper":1e999}}""", 400, "ab_test_setting_invalid")]
    [InlineData("""{"name":"x","variants":[{"version":"v1","percent":50},{"version":"v2","percent":50}],"metric":{"kind":"conversion","window_seconds":1e300}}""", 400, "ab_test_setting_invalid")]
    [InlineData("""{"name":"x","variants":[{"version":"v1","percent":50},{"version":"v2","percent":50}],"metric":{"kind":"correct"},"max_duration_seconds":-1e300}""", 400, "ab_test_setting_invalid")]
    [InlineData("""{"name":"x","variants":[{"version":"v1","percent":1e300},{"version":"v2","percent":50}],"metric":{"kind":"correct"}}""", 400, "traffic_percent_invalid")]
    [InlineData("""{"name":"x","variants":[{"version":"v1","percent":50},{"version":"v7","percent":50}],"metric":{"kind":"correct"}}""", 404, "model_version_not_found")]
    public async Task AbTest_ThatIsNone_IsRefusedByName(string body, int status, string code)
    {
        await DeployedModel.RegisterAsync(host, "strict-test", "run-1");
        await DeployedModel.RegisterAsync(host, "strict-test", "run-2");
        await host.PostAsync("api/v1/models/strict-test/deploy", """{"version":"v1"}""");

        using HttpResponseMessage refused = await host.PostAsync("api/v1/models/strict-test/ab-tests", body);

        Assert.Equal((status, code), ((int)refused.StatusCode, Text(await PlatformHost.ProblemAsync(refused), "code")));
        Assert.Equal(1, (await host.GetAsync("api/v1/models/strict-test/traffic")).GetProperty("shares").GetArrayLength());
    }

    [Fact]
    public async Task Canary_WhileATestRuns_IsRefused()
    {
        await TwoVersionsAsync("both");
        string id = await StartAsync("both", """{"kind":"correct"}""", "");
        using HttpResponseMessage canary = await host.PostAsync("api/v1/models/both/deploy", """{"version":"v2","strategy":"canary"}""");
        using HttpResponseMessage stopped = await host.PostAsync($"api/v1/models/both/ab-tests/{id}/stop", "");
        using HttpResponseMessage begun = await host.PostAsync("api/v1/models/both/deploy", """{"version":"v2","strategy":"canary"}""");
        using HttpResponseMessage test = await host.PostAsync("api/v1/models/both/ab-tests", """{"name":"x","variants":[{"version":"v1","percent":50},{"version":"v2","percent":50}],"metric":{"kind":"correct"}}""");

        Assert.Equal("canary_baseline_split", Text(await PlatformHost.ProblemAsync(canary), "code"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (stopped.StatusCode, begun.StatusCode));
        Assert.Equal("ab_test_traffic_split", Text(await PlatformHost.ProblemAsync(test), "code"));
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static int Int(JsonElement of, string name) => of.GetProperty(name).GetInt32();

    private async Task TwoVersionsAsync(string model)
    {
        await DeployedModel.RegisterAsync(host, model, "run-1");
        using HttpResponseMessage deployed = await host.PostAsync($"api/v1/models/{model}/deploy", "");
        await DeployedModel.RegisterAsync(host, model, "run-2");
    }

    private async Task<string> StartAsync(string model, string metric, string more)
    {
        string body = $$"""{"name":"a-test","variants":[{"version":"v2","percent":50},{"version":"v1","percent":50,"name":"control"}],"metric":{{metric}}{{more}}}""";
        using HttpResponseMessage begun = await host.PostAsync($"api/v1/models/{model}/ab-tests", body);
        Assert.True(begun.StatusCode == HttpStatusCode.Created, await begun.Content.ReadAsStringAsync());
        JsonElement test = await PlatformHost.JsonAsync(begun);
        Assert.EndsWith($"/api/v1/models/{model}/ab-tests/{Text(test, "id")}", begun.Headers.Location!.ToString(), StringComparison.Ordinal);
        return Text(test, "id")!;
    }

    private async Task<List<(string Id, string Version)>> AskAsync(string model, int units)
    {
        List<(string, string)> asked = [];
        for (int unit = 0; unit < units; unit++)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, $"api/v1/models/{model}/predict") { Content = new StringContent(Row, Encoding.UTF8, "application/json") };
            request.Headers.Add("Traffic-Key", $"user-{unit}");
            using HttpResponseMessage answered = await host.Client.SendAsync(request);
            JsonElement answer = await PlatformHost.JsonAsync(answered);
            asked.Add((answer.GetProperty("prediction_ids")[0].GetString()!, Text(answer, "version")!));
        }

        return asked;
    }

    private async Task TellAsync(string model, IEnumerable<string> items)
    {
        using HttpResponseMessage told = await host.PostAsync($"api/v1/models/{model}/feedback", $$"""{"feedback":[{{string.Join(',', items)}}]}""");
        Assert.True(told.IsSuccessStatusCode, await told.Content.ReadAsStringAsync());
    }
}
