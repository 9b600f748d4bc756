using System.Net;
using System.Text.Json;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.MlEngine;

public sealed class MlModelFunctionsTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    [Fact]
    public async Task DeployShowDelete_OverTheRoutesOfTheMlEngine_DoWhatTheySay()
    {
        await DeployedModel.RegisterAsync(host, "engine", "run-1");
        await DeployedModel.RegisterAsync(host, "engine", "run-2");

        using HttpResponseMessage deployed = await host.PostAsync("api/v1/ml/deploy/engine/v2", "");
        JsonElement deployment = await PlatformHost.JsonAsync(deployed);
        JsonElement metadata = await host.GetAsync("api/v1/ml/models/engine/metadata");
        JsonElement older = await host.GetAsync("api/v1/ml/models/engine/metadata?version=1.0.0");
        using HttpResponseMessage refused = await host.DeleteAsync("api/v1/ml/models/engine/v2");
        using HttpResponseMessage deleted = await host.DeleteAsync("api/v1/ml/models/engine/1.0.0");

        Assert.Equal((true, "v2", "deployed"), (deployment.GetProperty("success").GetBoolean(), Text(deployment, "model_version"), Text(deployment, "status")));
        Assert.Equal(("engine", "v2", "deployed", true), (Text(metadata, "model_name"), Text(metadata, "model_version"), Text(metadata, "status"), metadata.GetProperty("is_active").GetBoolean()));
        Assert.Equal(["size", "colour"], metadata.GetProperty("feature_columns").EnumerateArray().Select(column => column.GetString()));
        Assert.Equal(("v1", false), (Text(older, "model_version"), older.GetProperty("is_active").GetBoolean()));
        Assert.Equal((HttpStatusCode.Conflict, "model_version_in_use"), (refused.StatusCode, Text(await PlatformHost.ProblemAsync(refused), "code")));
        Assert.Equal(("v1", "deleted"), (Text(await PlatformHost.JsonAsync(deleted), "model_version"), Text(await PlatformHost.JsonAsync(deleted), "status")));
    }

    [Fact]
    public async Task List_OfModels_IsFilteredByPrefix()
    {
        await DeployedModel.RegisterAsync(host, "mllisted", "run-1");

        JsonElement models = await host.GetAsync("api/v1/ml/models?name=mllis");

        Assert.Equal(["mllisted"], models.GetProperty("models").EnumerateArray().Select(model => Text(model, "model_name")));
    }

    [Fact]
    public async Task Health_OfTheMlEngine_IsHealthy() => Assert.Equal("healthy", Text(await host.GetAsync("api/v1/ml/health"), "status"));

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
