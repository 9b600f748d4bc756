using System.Net;
using System.Text.Json;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.Mlops;

public sealed class MlopsModelFunctionsTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    [Fact]
    public async Task Promote_ThroughItsStages_IsShownAndRefusedWhereItCannotGo()
    {
        await DeployedModel.RegisterAsync(host, "promoted", "run-1");

        JsonElement draft = await PromoteAsync("promoted", "1.0.0", "draft");
        using HttpResponseMessage refused = await host.PostAsync("mlops/models/promoted/1.0.0/promote", """{"stage":"production"}""");
        await PromoteAsync("promoted", "1.0.0", "staging");
        JsonElement production = await PromoteAsync("promoted", "1.0.0", "production");
        JsonElement shown = await host.GetAsync("mlops/models/promoted/production");

        Assert.Equal(("draft", "production"), (Text(draft, "stage"), Text(production, "stage")));
        JsonElement problem = await PlatformHost.ProblemAsync(refused);
        Assert.Equal((HttpStatusCode.Conflict, "stage_transition_refused"), (refused.StatusCode, Text(problem, "code")));
        Assert.Contains("staging or archived", Text(problem, "detail"), StringComparison.Ordinal);
        Assert.Equal(("promoted", "1.0.0", "v1"), (Text(shown, "modelId"), Text(shown, "version"), Text(shown, "sequence")));
        Assert.Equal("deployed", Text(await host.GetAsync("api/v1/models/promoted"), "status"));
    }

    [Fact]
    public async Task Deploy_ToStagingAndProduction_AnswersWhereItIs()
    {
        await DeployedModel.RegisterAsync(host, "mlopsed", "run-1");
        await DeployedModel.RegisterAsync(host, "mlopsed", "run-2");
        await PromoteAsync("mlopsed", "v2", "draft");

        using HttpResponseMessage staged = await host.PostAsync("mlops/deploy", """{"modelId":"mlopsed","version":"1.0.1","stage":"staging"}""");
        using HttpResponseMessage deployed = await host.PostAsync("mlops/deploy", """{"modelId":"mlopsed","version":"1.0.1","stage":"production"}""");
        using HttpResponseMessage back = await host.PostAsync("mlops/deploy", """{"modelId":"mlopsed","version":"1.0.0"}""");
        using HttpResponseMessage wrong = await host.PostAsync("mlops/deploy", """{"modelId":"mlopsed","stage":"archived"}""");
        JsonElement list = await host.GetAsync("mlops/models?modelId=mlopsed");

        Assert.Equal(("staged", "deployed", "deployed"), (await StatusAsync(staged), await StatusAsync(deployed), await StatusAsync(back)));
        Assert.Equal("stage_invalid", Text(await PlatformHost.ProblemAsync(wrong), "code"));
        Assert.Equal([("1.0.1", "archived"), ("1.0.0", "production")], list.GetProperty("models").EnumerateArray().Select(model => (Text(model, "version"), Text(model, "stage"))));
    }

    [Fact]
    public async Task List_WithoutAModel_HasOneVersionOfEach()
    {
        await DeployedModel.RegisterAsync(host, "mlopslisted", "run-1");
        await DeployedModel.RegisterAsync(host, "mlopslisted", "run-2");

        JsonElement list = await host.GetAsync("mlops/models?name=mlopslisted");

        JsonElement only = Assert.Single(list.GetProperty("models").EnumerateArray());
        Assert.Equal(("v2", "v1"), (Text(only, "sequence"), Text(only.GetProperty("lineage"), "parent")));
    }

    private static async Task<string?> StatusAsync(HttpResponseMessage response) => Text(await PlatformHost.JsonAsync(response), "status");

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private async Task<JsonElement> PromoteAsync(string model, string version, string stage)
    {
        using HttpResponseMessage response = await host.PostAsync($"mlops/models/{model}/{version}/promote", $$"""{"stage":"{{stage}}","reason":"test"}""");
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await PlatformHost.JsonAsync(response);
    }
}
