using System.Net;
using System.Text.Json;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.Traffic;

public sealed class TrafficFunctionsTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    private const string Body = """{"instance":{"size":1}}""";

    [Fact]
    public async Task Traffic_Divided_IsShownAndKeepsEachKeyWithItsVersion()
    {
        await RegisterAsync("divided", 2);
        await host.PostAsync("api/v1/models/divided/deploy", """{"version":"v1"}""");
        using HttpResponseMessage set = await host.PutAsync(
            "api/v1/models/divided/traffic", """{"shares":[{"version":"production","percent":50},{"version":"2","percent":50}],"log_rate":0.25,"reason":"a trial"}""");
        JsonElement view = await PlatformHost.JsonAsync(set);
        Dictionary<string, string> first = await AssignAsync("divided");
        await host.PutAsync("api/v1/models/divided/traffic", """{"shares":[{"version":"v1","percent":20},{"version":"v2","percent":80}]}""");
        Dictionary<string, string> second = await AssignAsync("divided");

        Assert.Equal((HttpStatusCode.OK, "split", "v1", 0.25), (set.StatusCode, Text(view, "strategy"), Text(view, "version"), view.GetProperty("log_rate").GetDouble()));
        Assert.Equal("""[{"version":"v1","percent":50},{"version":"v2","percent":50}]""", view.GetProperty("shares").GetRawText());
        Assert.Equal(["v1", "v2"], first.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(first.Where(user => user.Value == "v2"), user => Assert.Equal("v2", second[user.Key]));
        Assert.True(second.Values.Count(version => version == "v2") > first.Values.Count(version => version == "v2"));
    }

    [Fact]
    public async Task Traffic_AsOfAMoment_IsWhatWasInProductionThen()
    {
        await RegisterAsync("moments", 2);
        await host.PostAsync("api/v1/models/moments/deploy", """{"version":"v1"}""");
        string first = Text(await host.GetAsync("api/v1/models/moments/traffic"), "since");
        await host.PutAsync("api/v1/models/moments/traffic", """{"shares":[{"version":"v1","percent":99},{"version":"v2","percent":1}],"log_rate":1}""");
        JsonElement now = await host.GetAsync("api/v1/models/moments/traffic");

        JsonElement then = await host.GetAsync($"api/v1/models/moments/traffic?as_of={Uri.EscapeDataString(first)}");
        using HttpResponseMessage never = await host.Client.GetAsync(new Uri("api/v1/models/moments/traffic?as_of=2020-01-01", UriKind.Relative));
        JsonElement history = await host.GetAsync("api/v1/models/moments/history?limit=1");

        Assert.Equal((1, 2), (then.GetProperty("deployment").GetInt32(), now.GetProperty("deployment").GetInt32()));
        Assert.Equal("""[{"version":"v1","percent":100}]""", then.GetProperty("shares").GetRawText());
        Assert.Equal((HttpStatusCode.NotFound, "deployment_not_found", "as_of"), await RefusalAsync(never));
        Assert.Equal(("traffic_changed", "v1 99 %, v2 1 %"), (Text(history.GetProperty("items")[0], "kind"), Text(history.GetProperty("items")[0], "to")));
    }

    [Theory]
    [InlineData("""{"shares":[{"version":"v1","percent":99}]}""", HttpStatusCode.BadRequest, "traffic_sum_invalid", "shares")]
    [InlineData("""{"shares":[{"version":"v1","percent":110},{"version":"v2","percent":-10}]}""", HttpStatusCode.BadRequest, "traffic_percent_invalid", "shares")]
    [InlineData("""{"shares":[{"version":"v1","percent":1e308},{"version":"v2","percent":0}]}""", HttpStatusCode.BadRequest, "traffic_percent_invalid", "shares")]
    [InlineData("""{"shares":[{"version":"v1","percent":50},{"version":"1","percent":50}]}""", HttpStatusCode.BadRequest, "traffic_version_repeated", "shares")]
    [InlineData("""{"shadows":[{"version":"v1","percent":50}]}""", HttpStatusCode.BadRequest, "traffic_version_repeated", "shadows")]
    [InlineData("""{"shares":[{"version":"v9","percent":100}]}""", HttpStatusCode.NotFound, "model_version_not_found", "version")]
    [InlineData("""{"shares":[{"version":"../x","percent":100}]}""", HttpStatusCode.BadRequest, "name_invalid", "version")]
    [InlineData("""{"fallback":"v9"}""", HttpStatusCode.NotFound, "model_version_not_found", "version")]
    [InlineData("""{"log_rate":-0.1}""", HttpStatusCode.BadRequest, "log_rate_invalid", "log_rate")]
    [InlineData("""{"shares":[null]}""", HttpStatusCode.BadRequest, "field_type", "shares[0]")]
    [InlineData("""{"shares":[{"percent":100}]}""", HttpStatusCode.BadRequest, "field_missing", "shares[0].version")]
    public async Task Traffic_ThatIsNone_IsRefusedByNameAndChangesNothing(string json, HttpStatusCode status, string code, string field)
    {
        await RegisterOnceAsync("refusing", 2);
        using HttpResponseMessage response = await host.PutAsync("api/v1/models/refusing/traffic", json);

        Assert.Equal((status, code, field), await RefusalAsync(response));
        Assert.Equal(1, (await host.GetAsync("api/v1/models/refusing/traffic")).GetProperty("deployment").GetInt32());
    }

    [Fact]
    public async Task Deploy_WithAShare_LeavesTheRestWhereItIs()
    {
        await RegisterAsync("shared", 2);
        await host.PostAsync("api/v1/models/shared/deploy", """{"version":"v1"}""");

        using HttpResponseMessage deployed = await host.PostAsync("api/v1/models/shared/deploy", """{"version":"v2","traffic":12.5,"strategy":"immediate"}""");
        using HttpResponseMessage wrong = await host.PostAsync("api/v1/ml/deploy/shared/v2", """{"traffic":-1}""");
        using HttpResponseMessage unknown = await host.PostAsync("mlops/deploy", """{"modelId":"shared","strategy":"yolo"}""");

        JsonElement view = await PlatformHost.JsonAsync(deployed);
        Assert.Equal(("v2", "deployed"), (Text(view, "version"), Text(view, "status")));
        Assert.Equal("""[{"version":"v1","percent":87.5},{"version":"v2","percent":12.5}]""", view.GetProperty("traffic").GetRawText());
        Assert.Equal((HttpStatusCode.BadRequest, "traffic_percent_invalid", "shares"), await RefusalAsync(wrong));
        Assert.Equal((HttpStatusCode.BadRequest, "strategy_invalid", "strategy"), await RefusalAsync(unknown));
    }

    [Fact]
    public async Task Deploy_BlueGreen_RefusesWhatCannotBeLoadedAndGoesOn()
    {
        await RegisterAsync("blue", 2);
        await host.PostAsync("api/v1/models/blue/deploy", """{"version":"v1"}""");
        await DeployedModel.DamageAsync(host, "blue", "run-2");

        using HttpResponseMessage refused = await host.PostAsync("api/v1/ml/deploy/blue/v2", """{"strategy":"blue_green"}""");

        Assert.Equal((HttpStatusCode.Conflict, "model_corrupt", "model"), await RefusalAsync(refused));
        Assert.Equal("v1", await VersionAsync("blue"));
    }

    [Fact]
    public async Task Deploy_AVersionThatReadsOtherColumns_IsRefusedNamingThemUnlessAllowed()
    {
        await RegisterAsync("wider", 1);
        await host.PostAsync("api/v1/models/wider/deploy", "");
        using HttpResponseMessage uploaded = await host.Client.PostAsync(new Uri("api/v1/models/wider/versions", UriKind.Relative), new ByteArrayContent(ForeignModel.XGBoost().File));

        using HttpResponseMessage refused = await host.PostAsync("api/v1/models/wider/deploy", """{"version":"v2"}""");
        string detail = Text(await PlatformHost.ProblemAsync(refused), "detail");
        using HttpResponseMessage allowed = await host.PostAsync("mlops/deploy", """{"modelId":"wider","version":"v2","allowSchemaChange":true}""");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.OK), (uploaded.StatusCode, refused.StatusCode, allowed.StatusCode));
        Assert.All(["columns added", "columns removed: size, colour", "allow_schema_change"], text => Assert.Contains(text, detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rollback_InOneCall_IsAnsweredByTheVersionBeforeAtOnce()
    {
        await RegisterAsync("rolling", 2);
        await host.PostAsync("api/v1/models/rolling/deploy", """{"version":"v1"}""");
        await host.PostAsync("api/v1/models/rolling/deploy", """{"version":"v2"}""");
        Assert.Equal("v2", await VersionAsync("rolling"));

        using HttpResponseMessage back = await host.PostAsync("api/v1/models/rolling/rollback", """{"reason":"it forgets"}""");
        string after = await VersionAsync("rolling");
        using HttpResponseMessage further = await host.PostAsync("api/v1/models/rolling/rollback", "");

        JsonElement view = await PlatformHost.JsonAsync(back);
        Assert.Equal(("v1", "rollback", "v1"), (Text(view, "version"), Text(view, "strategy"), after));
        Assert.Equal((HttpStatusCode.Conflict, "rollback_unavailable", "model"), await RefusalAsync(further));
    }

    [Fact]
    public async Task Rollback_UnderTheSameKey_GoesBackOnce()
    {
        await RegisterAsync("keyed", 3);
        foreach (string version in new[] { "v1", "v2", "v3" })
        {
            await host.PostAsync("api/v1/models/keyed/deploy", $$"""{"version":"{{version}}"}""");
        }

        using HttpResponseMessage first = await host.PostAsync("api/v1/models/keyed/rollback", "", "back");
        using HttpResponseMessage second = await host.PostAsync("api/v1/models/keyed/rollback", "", "back");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal("v2", await VersionAsync("keyed"));
    }

    [Fact]
    public async Task Predict_WithHeaders_IsAnsweredByTheVersionForced()
    {
        await RegisterOnceAsync("forced", 2);

        using HttpResponseMessage forced = await PredictAsync("forced", ("Model-Version", "v2"));
        using HttpResponseMessage unknown = await PredictAsync("forced", ("Model-Version", "v7"));
        using HttpResponseMessage wrong = await PredictAsync("forced", ("Model-Version", "v 2"));
        using HttpResponseMessage tooLong = await PredictAsync("forced", ("Traffic-Key", new string('a', 257)));

        Assert.Equal("v2", Text(await PlatformHost.JsonAsync(forced), "version"));
        Assert.Equal((HttpStatusCode.NotFound, "model_version_not_found", "version"), await RefusalAsync(unknown));
        Assert.Equal((HttpStatusCode.BadRequest, "name_invalid", "version"), await RefusalAsync(wrong));
        Assert.Equal((HttpStatusCode.BadRequest, "traffic_header_invalid", "Traffic-Key"), await RefusalAsync(tooLong));
    }

    [Fact]
    public async Task Shadow_OfAVersion_IsReportedAndMeasured()
    {
        await RegisterAsync("shadowed", 2);
        await host.PostAsync("api/v1/models/shadowed/deploy", """{"version":"v1"}""");
        await host.PutAsync("api/v1/models/shadowed/traffic", """{"shadows":[{"version":"v2","percent":100}]}""");
        for (int request = 0; request < 10; request++)
        {
            Assert.Equal("v1", await VersionAsync("shadowed"));
        }

        JsonElement report = await ReportedAsync("shadowed", shadowed: 10);
        string metrics = await host.Client.GetStringAsync(new Uri("api/metrics", UriKind.Relative));

        JsonElement shadow = report.GetProperty("shadows")[0];
        Assert.Equal(("v2", 10, 10, 0, 0), (Text(shadow, "version"), Int(shadow, "calls"), Int(shadow, "rows"), Int(shadow, "failures"), Int(shadow, "dropped")));
        Assert.Equal((1.0, 0.0, 0.0), (shadow.GetProperty("agreement").GetDouble(), shadow.GetProperty("mean_difference").GetDouble(), shadow.GetProperty("psi").GetDouble()));
        JsonElement version = report.GetProperty("versions")[0];
        Assert.Equal(("v1", 10, 0, 10), (Text(version, "version"), Int(version, "calls"), Int(version, "failures"), version.GetProperty("labels").GetProperty("apple").GetInt32()));
        Assert.InRange(version.GetProperty("failure_rate_upper").GetDouble(), 0.1, 0.5);
        Assert.Contains("ml_shadow_requests_total{model=\"shadowed\"} 10\n", metrics, StringComparison.Ordinal);
        Assert.Contains("ml_shadow_agreement_ratio{model_version=\"shadowed/v2\"} 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_WhoseVersionIsDamaged_IsAnsweredByTheVersionBefore()
    {
        await RegisterAsync("damaged", 2);
        await host.PostAsync("api/v1/models/damaged/deploy", """{"version":"v1"}""");
        await host.PostAsync("api/v1/models/damaged/deploy", """{"version":"v2"}""");
        await DeployedModel.DamageAsync(host, "damaged", "run-2");

        Assert.Equal("v1", await VersionAsync("damaged"));
        JsonElement alerts = await host.GetAsync("api/v1/alerts?limit=100");
        Assert.Contains(alerts.GetProperty("items").EnumerateArray(), alert => (Text(alert, "kind"), Text(alert, "model_name")) == ("fallback_served", "damaged"));
    }

    [Fact]
    public async Task Version_WithTraffic_IsNeitherDeletedNorArchived()
    {
        await RegisterAsync("held", 2);
        await host.PostAsync("api/v1/models/held/deploy", """{"version":"v1"}""");
        await host.PostAsync("api/v1/models/held/deploy", """{"version":"v2","traffic":5}""");

        using HttpResponseMessage deleted = await host.DeleteAsync("api/v1/models/held/versions/v2");
        using HttpResponseMessage archived = await host.PostAsync("mlops/models/held/v2/promote", """{"stage":"archived"}""");

        Assert.Equal((HttpStatusCode.Conflict, "model_version_in_use", "version"), await RefusalAsync(deleted));
        Assert.Equal((HttpStatusCode.Conflict, "model_version_in_use", "version"), await RefusalAsync(archived));
    }

    private static int Int(JsonElement element, string member) => element.GetProperty(member).GetInt32();

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static async Task<(HttpStatusCode Status, string Code, string? Field)> RefusalAsync(HttpResponseMessage response)
    {
        JsonElement problem = await PlatformHost.ProblemAsync(response);
        return (response.StatusCode, Text(problem, "code"), problem.TryGetProperty("field", out JsonElement field) ? field.GetString() : null);
    }

    // Shadows answer when they get to it.
    private async Task<JsonElement> ReportedAsync(string model, int shadowed)
    {
        using CancellationTokenSource tooLong = new(TimeSpan.FromSeconds(60));
        JsonElement report = await host.GetAsync($"api/v1/models/{model}/traffic/report");
        while (report.GetProperty("shadows").GetArrayLength() == 0 || Int(report.GetProperty("shadows")[0], "calls") < shadowed)
        {
            tooLong.Token.ThrowIfCancellationRequested();
            report = await host.GetAsync($"api/v1/models/{model}/traffic/report");
        }

        return report;
    }

    private async Task RegisterAsync(string name, int versions)
    {
        for (int version = 1; version <= versions; version++)
        {
            await DeployedModel.RegisterAsync(host, name, $"run-{version}");
        }
    }

    // For theories, whose cases share the host: the runs make the same versions once, the key deploys once.
    private async Task RegisterOnceAsync(string name, int versions)
    {
        await RegisterAsync(name, versions);
        await host.PostAsync($"api/v1/models/{name}/deploy", """{"version":"v1"}""", $"deploy-{name}");
    }

    private Task<HttpResponseMessage> PredictAsync(string model, params (string Name, string Value)[] headers)
    {
        HttpRequestMessage request = new(HttpMethod.Post, $"api/v1/models/{model}/predict") { Content = new StringContent(Body) };
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return host.Client.SendAsync(request);
    }

    private async Task<string> VersionAsync(string model, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await PredictAsync(model, headers);
        return Text(await PlatformHost.JsonAsync(response), "version");
    }

    private async Task<Dictionary<string, string>> AssignAsync(string model)
    {
        Dictionary<string, string> assigned = [];
        for (int user = 0; user < 60; user++)
        {
            assigned[$"user-{user}"] = await VersionAsync(model, ("Traffic-Key", $"user-{user}"));
        }

        return assigned;
    }
}
