using System.Text.Json;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving.Faces;

namespace Trainyard.Domain.Tests.Serving;

public sealed class InferenceTests : IDisposable
{
    private readonly ServingWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Infer_ATensorPerColumn_AnswersAllOutputsAsTheOtherFaceDoes()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        JsonElement answer = await InferAsync(
            """{"id":"42","inputs":[{"name":"colour","shape":[2,1],"datatype":"BYTES","data":[["red"],["green"]]},{"name":"size","shape":[2],"datatype":"INT32","data":[1,12]},{"name":"weight","datatype":"FP32","data":[1,5],"shape":[2]}]}""");

        JsonElement rows = await world.PredictAsync("""{"instances":[{"size":1,"weight":1,"colour":"red"},{"colour":"green","weight":5,"size":12}]}""");
        Assert.Equal(("fruit", "v1", "42"), (answer.GetProperty("model_name").GetString(), answer.GetProperty("model_version").GetString(), answer.GetProperty("id").GetString()));
        Assert.Equal(["predict BYTES 2", "predict_proba FP64 2,2", "prediction_id BYTES 2"], answer.GetProperty("outputs").EnumerateArray().Select(Describe));
        Assert.Equal(["apple", "melon"], Data(answer, 0).Select(item => item.GetString()));
        Assert.Equal(
            rows.GetProperty("probabilities").EnumerateArray().SelectMany(row => row.EnumerateObject().Select(each => each.Value.GetDouble())),
            Data(answer, 1).Select(item => item.GetDouble()));
        Assert.Equal(2, Data(answer, 2).Select(item => item.GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData("[[5,1,null],[5,2,1]]")]
    [InlineData("[5,1,null,5,2,1]")]
    public async Task Infer_OneTensorOfAllColumns_ReadsThemRowByRow(string data)
    {
        await world.DeployAsync(ServingWorld.Regressor(), "run-1");

        JsonElement answer = await InferAsync($$"""{"inputs":[{"name":"x","shape":[2,3],"datatype":"FP64","data":{{data}},"parameters":{"content_type":"np"} } ],"outputs":[{"name":"predict"}],"parameters":{} }""");

        JsonElement rows = await world.PredictAsync("""{"instances":[{"weight":5,"colour":1,"kind":null},{"weight":5,"colour":2,"kind":1}]}""");
        Assert.Equal(["predict FP64 2"], answer.GetProperty("outputs").EnumerateArray().Select(Describe));
        Assert.Equal(rows.GetProperty("predictions").EnumerateArray().Select(item => item.GetDouble()), Data(answer, 0).Select(item => item.GetDouble()));
        Assert.False(answer.TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Infer_OutputsAsked_ComeInThatOrder()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        JsonElement answer = await InferAsync("""{"inputs":[{"name":"size","shape":[1],"datatype":"UINT8","data":[1]}],"outputs":[{"name":"predict_proba"},{"name":"predict"}]}""");

        Assert.Equal(["predict_proba FP64 1,2", "predict BYTES 1"], answer.GetProperty("outputs").EnumerateArray().Select(Describe));
    }

    [Theory]
    [InlineData("""{}""", "tensors_missing", "inputs", null)]
    [InlineData("""{"inputs":[]}""", "tensors_missing", "inputs", null)]
    [InlineData("""{"inputs":{}}""", "field_type", "inputs", null)]
    [InlineData("""{"instances":[]}""", "field_unknown", "instances", null)]
    [InlineData("""{"inputs":[7]}""", "field_type", "inputs[0]", null)]
    [InlineData("""{"id":7,"inputs":[]}""", "field_type", "id", null)]
    [InlineData("""{"inputs":[],"inputs":[]}""", "field_duplicate", "inputs", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"FP64"}]}""", "tensor_data_wrong", "size", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"data":[1]}]}""", "field_missing", "inputs[0].datatype", null)]
    [InlineData("""{"inputs":[{"name":"size","datatype":"FP64","data":[1]}]}""", "field_missing", "inputs[0].shape", null)]
    [InlineData("""{"inputs":[{"shape":[1],"datatype":"FP64","data":[1]}]}""", "field_missing", "inputs[0].name", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[-1],"datatype":"FP64","data":[1]}]}""", "field_type", "inputs[0].shape", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1.5],"datatype":"FP64","data":[1]}]}""", "field_type", "inputs[0].shape", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[],"datatype":"FP64","data":[1]}]}""", "tensor_shape_wrong", "size", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1,1,1],"datatype":"FP64","data":[1]}]}""", "tensor_shape_wrong", "size", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[0],"datatype":"FP64","data":[]}]}""", "tensor_shape_wrong", "size", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1,2],"datatype":"FP64","data":[1,2]}]}""", "tensor_shape_wrong", "size", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"FP64","data":[1]},{"name":"weight","shape":[2],"datatype":"FP64","data":[1,2]}]}""", "tensor_shape_wrong", "weight", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"FP64","data":[1]},{"name":"size","shape":[1],"datatype":"FP64","data":[1]}]}""", "tensor_duplicate", "size", null)]
    [InlineData("""{"inputs":[{"name":"siez","shape":[1],"datatype":"FP64","data":[1]}]}""", "tensor_unknown", "siez", null)]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,4],"datatype":"FP64","data":[1,2,3,4]}]}""", "tensor_unknown", "x", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"FLOAT","data":[1]}]}""", "tensor_datatype_unknown", "size", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[2],"datatype":"FP64","data":[1]}]}""", "tensor_data_wrong", "size", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"FP64","data":[1,2]}]}""", "tensor_data_wrong", "size", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1000000000],"datatype":"FP64","data":[1]}]}""", "instances_too_many", "instances", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[2],"datatype":"FP64","data":[[1],[2]]}]}""", "tensor_data_wrong", "size", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[2,1],"datatype":"FP64","data":[[1],2]}]}""", "tensor_data_wrong", "size", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[2,1],"datatype":"FP64","data":[[1,2],[]]}]}""", "tensor_data_wrong", "size", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[2,1],"datatype":"FP64","data":[[[1]],[2]]}]}""", "value_unusable", "size", 1L)]
    [InlineData("""{"inputs":[{"name":"size","shape":[2],"datatype":"INT8","data":[1,128]}]}""", "value_unusable", "size", 2L)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"INT32","data":[1.5]}]}""", "value_unusable", "size", 1L)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"UINT8","data":[-1]}]}""", "value_unusable", "size", 1L)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"FP16","data":[70000]}]}""", "value_unusable", "size", 1L)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"FP64","data":["1"]}]}""", "value_unusable", "size", 1L)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"BYTES","data":[1]}]}""", "value_unusable", "size", 1L)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"BOOL","data":[1]}]}""", "value_unusable", "size", 1L)]
    [InlineData("""{"inputs":[{"name":"size","shape":[2],"datatype":"BYTES","data":["1","large"]}]}""", "value_unusable", "size", 2L)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"FP64","data":[1]}],"outputs":[{"name":"logits"}]}""", "output_unknown", "outputs", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"FP64","data":[1]}],"outputs":[{"name":"predict"},{"name":"predict"}]}""", "field_duplicate", "outputs[1].name", null)]
    [InlineData("""{"inputs":[{"name":"size","shape":[1],"datatype":"FP64","data":[1]}]""", "json_malformed", null, 1L)]
    [InlineData("""{"inputs":[{"name":"colour","shape":[1],"datatype":"BYTES","data":["\ud800"]}]}""", "json_not_unicode", null, null)]
    [InlineData("", "json_empty", null, null)]
    public async Task Infer_UnusableBody_NamesCodeFieldAndRow(string body, string code, string? field, long? row)
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        Problem problem = await TestStores.RefusedAsync(() => InferAsync(body));

        Assert.Equal((code, field, row), (problem.Code, problem.Field, problem.Row));
    }

    [Theory]
    [InlineData("INT64", "-9223372036854775808")]
    [InlineData("UINT64", "18446744073709551615")]
    [InlineData("UINT32", "4294967295")]
    [InlineData("INT16", "-32768")]
    [InlineData("UINT16", "65535")]
    [InlineData("FP16", "65504")]
    [InlineData("FP32", "-3.4e38")]
    [InlineData("FP64", "1.7e308")]
    [InlineData("BYTES", "\"12\"")]
    [InlineData("FP64", "null")]
    public async Task Infer_ValuesAtTheBoundsOfTheirType_AreTaken(string type, string value)
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        JsonElement answer = await InferAsync($$"""{"inputs":[{"name":"size","shape":[1],"datatype":"{{type}}","data":[{{value}}]}] }""");

        Assert.Single(Data(answer, 0));
    }

    [Fact]
    public async Task Infer_TruthValues_AreThoseOfTheOtherFace()
    {
        await world.DeployAsync(ServingWorld.Regressor(), "run-1");

        JsonElement answer = await InferAsync("""{"inputs":[{"name":"colour","shape":[2],"datatype":"BOOL","data":[true,null]},{"name":"weight","shape":[2],"datatype":"FP64","data":[1,1]}]}""");

        JsonElement rows = await world.PredictAsync("""{"instances":[{"colour":true,"weight":1},{"colour":null,"weight":1}]}""");
        Assert.Equal(rows.GetProperty("predictions").EnumerateArray().Select(item => item.GetDouble()), Data(answer, 0).Select(item => item.GetDouble()));
    }

    private Task<JsonElement> InferAsync(string body) => world.PredictAsync(body, face: PredictFace.Inference);

    private static IEnumerable<JsonElement> Data(JsonElement answer, int output) => answer.GetProperty("outputs")[output].GetProperty("data").EnumerateArray();

    private static string Describe(JsonElement output) =>
        $"{output.GetProperty("name").GetString()} {output.GetProperty("datatype").GetString()} {string.Join(',', output.GetProperty("shape").EnumerateArray().Select(each => each.GetInt32()))}";
}
