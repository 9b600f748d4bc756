using System.Net;
using System.Text.Json;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.Serving;

public sealed class InferenceHttpTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    private const string Body = """{"id":"42","inputs":[{"name":"size","shape":[2],"datatype":"FP64","data":[1,12]}],"outputs":[{"name":"predict"}]}""";

    [Fact]
    public async Task Server_LiveReadyAndMetadata_Answer()
    {
        Assert.True((await host.GetAsync("v2/health/live")).GetProperty("live").GetBoolean());
        JsonElement ready = await host.GetAsync("v2/health/ready");
        Assert.True(ready.GetProperty("live").GetBoolean() && ready.GetProperty("ready").GetBoolean());
        JsonElement server = await host.GetAsync("v2");
        Assert.Equal("trainyard", server.GetProperty("name").GetString());
        Assert.Equal(0, server.GetProperty("extensions").GetArrayLength());
    }

    [Fact]
    public async Task Model_Metadata_DescribesItsTensors()
    {
        await DeployAsync("described");

        JsonElement model = await host.GetAsync("v2/models/described");

        Assert.Equal(("described", "trainyard_decision_tree"), (model.GetProperty("name").GetString(), model.GetProperty("platform").GetString()));
        Assert.Equal(["v1"], model.GetProperty("versions").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal(["size FP64", "colour BYTES"], model.GetProperty("inputs").EnumerateArray().Select(Describe));
        Assert.Equal(["predict BYTES", "predict_proba FP64", "prediction_id BYTES"], model.GetProperty("outputs").EnumerateArray().Select(Describe));
        Assert.Equal("[-1,2]", model.GetProperty("outputs")[1].GetProperty("shape").GetRawText());
        Assert.True((await host.GetAsync("v2/models/described/ready")).GetProperty("ready").GetBoolean());
    }

    [Fact]
    public async Task Infer_ByModelAndByVersion_EchoesIdAndNamesTheVersion()
    {
        await DeployAsync("asked");
        await DeployedModel.RegisterAsync(host, "asked", "run-2");

        using HttpResponseMessage deployed = await host.PostAsync("v2/models/asked/infer", Body);
        using HttpResponseMessage second = await host.PostAsync("v2/models/asked/versions/2/infer", Body);

        JsonElement answer = await PlatformHost.JsonAsync(deployed);
        Assert.Equal(("42", "v1", "v2"), (answer.GetProperty("id").GetString(), answer.GetProperty("model_version").GetString(), (await PlatformHost.JsonAsync(second)).GetProperty("model_version").GetString()));
        JsonElement output = Assert.Single(answer.GetProperty("outputs").EnumerateArray());
        Assert.Equal("""["apple","melon"]""", output.GetProperty("data").GetRawText());
        Assert.Equal("[2]", output.GetProperty("shape").GetRawText());
        Assert.True((await host.GetAsync("v2/models/asked/versions/v2/ready")).GetProperty("ready").GetBoolean());
        Assert.Equal("v2", (await host.GetAsync("v2/models/asked/versions/2")).GetProperty("versions")[0].GetString());
    }

    [Theory]
    [InlineData("v2/models/nobody/infer", Body, 404, "model_not_found")]
    [InlineData("v2/models/refusing/versions/9/infer", Body, 404, "model_version_not_found")]
    [InlineData("v2/models/refusing/infer", """{"inputs":[{"name":"siez","shape":[1],"datatype":"FP64","data":[1]}]}""", 422, "tensor_unknown")]
    [InlineData("v2/models/refusing/infer", """{"inputs":[{"name":"size","shape":[2],"datatype":"FP64","data":[1]}]}""", 422, "tensor_data_wrong")]
    [InlineData("v2/models/refusing/infer", """{"inputs":[]}""", 400, "tensors_missing")]
    [InlineData("v2/models/refusing/infer", """{"inputs":""", 400, "json_malformed")]
    public async Task Infer_Refused_HasTheErrorThatClientsRead(string path, string body, int status, string code)
    {
        await DeployAsync("refusing");

        using HttpResponseMessage response = await host.PostAsync(path, body);

        JsonElement problem = await PlatformHost.ProblemAsync(response);
        Assert.Equal((status, code), ((int)response.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal(problem.GetProperty("detail").GetString(), problem.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Elsewhere_Refused_HasNoErrorMember()
    {
        using HttpResponseMessage response = await host.PostAsync("api/v1/models/nobody/predict", """{"instances":[]}""");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.False((await PlatformHost.ProblemAsync(response)).TryGetProperty("error", out _));
    }

    private static string Describe(JsonElement tensor) => $"{tensor.GetProperty("name").GetString()} {tensor.GetProperty("datatype").GetString()}";

    private async Task DeployAsync(string name)
    {
        await DeployedModel.RegisterAsync(host, name, "run-1");
        using HttpResponseMessage deployed = await host.PostAsync($"api/v1/models/{name}/deploy", """{"version":"v1"}""");
        Assert.True(deployed.IsSuccessStatusCode, await deployed.Content.ReadAsStringAsync());
    }
}
