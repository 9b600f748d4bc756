using System.Buffers;
using System.Text;
using System.Text.Json;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Faces;

namespace Trainyard.Domain.Tests.Serving;

public sealed class SinglePredictTests : IDisposable
{
    private readonly ServingWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Predict_OneInput_IsOnePrediction()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        JsonElement answer = await PredictAsync("""{"modelId":"fruit","input":{"size":1,"weight":1,"colour":"red"}}""");

        Assert.Equal(["modelId", "version", "prediction", "probabilities", "predictionId"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("fruit", "v1", "apple"), (answer.GetProperty("modelId").GetString(), answer.GetProperty("version").GetString(), answer.GetProperty("prediction").GetString()));
        Assert.Equal(1, answer.GetProperty("probabilities").EnumerateObject().Sum(each => each.Value.GetDouble()), 1e-12);
    }

    [Fact]
    public async Task Predict_Options_AreHonoured()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        JsonElement answer = await PredictAsync("""{"explain":1,"input":{"size":1,"mood":"good"},"modelId":"fruit","unknownColumns":"ignore","probabilities":false}""");

        Assert.Equal(["modelId", "version", "prediction", "predictionId", "explanation", "ignoredColumns"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal(1, answer.GetProperty("explanation").GetProperty("contributions").GetArrayLength());
        Assert.Equal("mood", answer.GetProperty("ignoredColumns")[0].GetString());
    }

    [Theory]
    [InlineData("""{"input":{"size":1}}""", "field_missing", "modelId")]
    [InlineData("""{"modelId":"fruit"}""", "field_missing", "input")]
    [InlineData("""{"modelId":7,"input":{"size":1}}""", "field_type", "modelId")]
    [InlineData("""{"modelId":"fruit","input":[{"size":1}]}""", "field_type", "input")]
    [InlineData("""{"modelId":"fruit","input":{"size":"large"}}""", "value_unusable", "size")]
    [InlineData("""{"modelId":"fruit","input":{}}""", "instance_empty", "input")]
    [InlineData("""{"modelId":"fruit","input":{"size":1},"input":{"size":1}}""", "field_duplicate", "input")]
    [InlineData("""{"modelId":"fruit","input":{"size":1},"modelId":"fruit"}""", "field_duplicate", "modelId")]
    [InlineData("""{"modelId":"fruit","input":{"size":1},"unknown_columns":"ignore"}""", "field_unknown", "unknown_columns")]
    [InlineData("""{"modelId":"fruit","input":{"size":1},"instances":[]}""", "field_unknown", "instances")]
    [InlineData("""{"modelId":"nobody","input":{"size":1}}""", "model_not_found", "model")]
    [InlineData("""{"modelId":"no body","input":{"size":1}}""", "name_invalid", "model")]
    [InlineData("""{"modelId":"fruit","input":{"size":1}""", "json_malformed", null)]
    [InlineData("""[]""", "field_type", null)]
    [InlineData("", "json_empty", null)]
    public async Task Predict_UnusableBody_NamesCodeAndField(string body, string code, string? field)
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        Problem problem = await TestStores.RefusedAsync(() => PredictAsync(body));

        Assert.Equal((code, field), (problem.Code, problem.Field));
    }

    [Fact]
    public async Task PredictMany_OfSeveralModels_AnswersEach()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await world.DeployAsync(ServingWorld.Regressor(), "run-1", "weights");

        JsonElement answer = await PredictManyAsync(
            """{"requests":[{"modelId":"fruit","input":{"size":12}},{"modelId":"weights","input":{"weight":5}},{"modelId":"fruit","input":{"size":1},"probabilities":false}]}""");

        Assert.Equal(["melon", "apple"], answer.GetProperty("predictions").EnumerateArray().Where(each => each.GetProperty("modelId").GetString() == "fruit").Select(each => each.GetProperty("prediction").GetString()));
        Assert.Equal(JsonValueKind.Number, answer.GetProperty("predictions")[1].GetProperty("prediction").ValueKind);
        Assert.Equal((3, 0), (answer.GetProperty("total").GetInt32(), answer.GetProperty("failed").GetInt32()));
    }

    [Fact]
    public async Task PredictMany_WithBadOnes_RefusesAllOrAnswersThemOneByOne()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        const string Requests = """[{"modelId":"fruit","input":{"size":1}},{"modelId":"fruit","input":{"siez":1}},{"modelId":"nobody","input":{}},7]""";

        Problem whole = await TestStores.RefusedAsync(() => PredictManyAsync($$"""{"requests":{{Requests}}}"""));
        JsonElement answer = await PredictManyAsync($$"""{"requests":{{Requests}},"errors":"per_row"}""");

        Assert.Equal(("column_unknown", "requests[1].siez", 2L), (whole.Code, whole.Field, whole.Row));
        Assert.Equal("apple", answer.GetProperty("predictions")[0].GetProperty("prediction").GetString());
        Assert.Equal(["column_unknown", "model_not_found", "field_type"], answer.GetProperty("predictions").EnumerateArray().Skip(1).Select(each => each.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal((4, 3), (answer.GetProperty("total").GetInt32(), answer.GetProperty("failed").GetInt32()));
    }

    [Theory]
    [InlineData("""{}""", "requests_missing", "requests")]
    [InlineData("""{"requests":[]}""", "requests_missing", "requests")]
    [InlineData("""{"requests":{}}""", "field_type", "requests")]
    [InlineData("""{"request":[]}""", "field_unknown", "request")]
    [InlineData("""{"requests":[],"requests":[]}""", "field_duplicate", "requests")]
    [InlineData("""{"requests":[1],"errors":"none"}""", "option_unknown", "errors")]
    [InlineData("""{"requests":[1],"errors":1}""", "field_type", "errors")]
    [InlineData("""{"requests":[1]""", "json_malformed", null)]
    [InlineData("""{"requests":[{},{},{}]}""", "instances_too_many", "instances")]
    [InlineData("", "json_empty", null)]
    public async Task PredictMany_UnusableBody_NamesCodeAndField(string body, string code, string? field)
    {
        Problem problem = await TestStores.RefusedAsync(() => PredictManyAsync(body));

        Assert.Equal((code, field), (problem.Code, problem.Field));
    }

    private Task<JsonElement> PredictAsync(string body)
    {
        string model = SingleRequest.Read(Encoding.UTF8.GetBytes(body)).ModelId;
        return world.PredictAsync(body, model, PredictFace.Single);
    }

    private async Task<JsonElement> PredictManyAsync(string body)
    {
        ArrayBufferWriter<byte> answer = new();
        MultiPredictor many = new(world.Predictor, new ServingOptions { MaxRows = body.Contains("{},{},{}", StringComparison.Ordinal) ? 2 : 100 });
        await many.PredictAsync(new ModelCall(TestStores.Tenant, string.Empty), Encoding.UTF8.GetBytes(body), answer, default);
        return JsonDocument.Parse(answer.WrittenMemory).RootElement;
    }
}
