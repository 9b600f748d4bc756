using System.Net;
using System.Text.Json;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.Serving;

public sealed class PredictHttpTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    [Fact]
    public async Task Predict_WithOptions_AnswersThem()
    {
        await DeployAsync("options");

        using HttpResponseMessage response = await host.PostAsync(
            "api/v1/models/options/predict",
            """{"instances":[{"size":1,"colour":"red","mood":3},{"size":"large"}],"explain":1,"probabilities":false,"unknown_columns":"ignore","errors":"per_row"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement answer = await PlatformHost.JsonAsync(response);
        Assert.Equal("apple", answer.GetProperty("predictions")[0].GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("predictions")[1].ValueKind);
        Assert.Equal("size", answer.GetProperty("explanations")[0].GetProperty("contributions")[0].GetProperty("column").GetString());
        Assert.Equal("mood", answer.GetProperty("ignored_columns")[0].GetString());
        JsonElement error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal((2, "value_unusable", "size"), (error.GetProperty("row").GetInt32(), error.GetProperty("code").GetString(), error.GetProperty("field").GetString()));
        Assert.False(answer.TryGetProperty("probabilities", out _));
    }

    [Theory]
    [InlineData("""{"instances":[{"size":1}],"explain":0}""", 422, "option_out_of_range", "explain")]
    [InlineData("""{"instances":[{"size":1}],"errors":"some"}""", 422, "option_unknown", "errors")]
    [InlineData("""{"instances":[{"size":1}],"explains":1}""", 400, "field_unknown", "explains")]
    public async Task Predict_BadOption_IsAProblemWithFieldAndRemedy(string body, int status, string code, string field)
    {
        await DeployAsync("bad-options");

        using HttpResponseMessage response = await host.PostAsync("api/v1/models/bad-options/predict", body);

        JsonElement problem = await PlatformHost.ProblemAsync(response);
        Assert.Equal((status, code, field), ((int)response.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task MlopsPredict_OneInput_IsOnePredictionInCamelCase()
    {
        await DeployAsync("single");

        using HttpResponseMessage response = await host.PostAsync("mlops/predict", """{"modelId":"single","input":{"size":12,"colour":"green"}}""");

        JsonElement answer = await PlatformHost.JsonAsync(response);
        Assert.Equal(("single", "v1", "melon"), (answer.GetProperty("modelId").GetString(), answer.GetProperty("version").GetString(), answer.GetProperty("prediction").GetString()));
        Assert.Equal(["apple", "melon"], answer.GetProperty("probabilities").EnumerateObject().Select(each => each.Name));
        Assert.NotEmpty(answer.GetProperty("predictionId").GetString()!);
    }

    [Theory]
    [InlineData("""{"input":{"size":1}}""", 400, "field_missing", "modelId")]
    [InlineData("""{"modelId":"bad-single","input":{"siez":1}}""", 422, "column_unknown", "siez")]
    [InlineData("""{"modelId":"absent","input":{"size":1}}""", 404, "model_not_found", "model")]
    [InlineData("""{"modelId":"../x","input":{"size":1}}""", 400, "name_invalid", "model")]
    public async Task MlopsPredict_BadRequest_IsAProblemWithField(string body, int status, string code, string field)
    {
        await DeployAsync("bad-single");

        using HttpResponseMessage response = await host.PostAsync("mlops/predict", body);

        JsonElement problem = await PlatformHost.ProblemAsync(response);
        Assert.Equal((status, code, field), ((int)response.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task MlopsPredictBatch_SeveralModels_AnswersEachAndNamesTheBadOne()
    {
        await DeployAsync("first");
        await DeployAsync("second");
        const string Good = """{"modelId":"first","input":{"size":1}},{"modelId":"second","input":{"size":12}}""";

        using HttpResponseMessage good = await host.PostAsync("mlops/predict/batch", $$"""{"requests":[{{Good}}]}""");
        using HttpResponseMessage bad = await host.PostAsync("mlops/predict/batch", $$"""{"requests":[{{Good}},{"modelId":"first","input":{"size":"?!"} } ]}""");
        using HttpResponseMessage parted = await host.PostAsync("mlops/predict/batch", $$"""{"requests":[{{Good}},{"modelId":"first","input":{"size":"?!"} }],"errors":"per_row"}""");

        JsonElement answer = await PlatformHost.JsonAsync(good);
        Assert.Equal(["apple", "melon"], answer.GetProperty("predictions").EnumerateArray().Select(each => each.GetProperty("prediction").GetString()));
        JsonElement problem = await PlatformHost.ProblemAsync(bad);
        Assert.Equal((422, "value_unusable", "requests[2].size", 3), ((int)bad.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString(), problem.GetProperty("row").GetInt32()));
        JsonElement each = await PlatformHost.JsonAsync(parted);
        Assert.Equal("value_unusable", each.GetProperty("predictions")[2].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal((3, 1), (each.GetProperty("total").GetInt32(), each.GetProperty("failed").GetInt32()));
    }

    private async Task DeployAsync(string name)
    {
        await DeployedModel.RegisterAsync(host, name, "run-1");
        using HttpResponseMessage deployed = await host.PostAsync($"api/v1/models/{name}/deploy", "");
        Assert.True(deployed.IsSuccessStatusCode);
    }
}
