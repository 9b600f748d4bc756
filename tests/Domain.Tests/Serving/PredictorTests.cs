using System.Text.Json;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Ids;

namespace Trainyard.Domain.Tests.Serving;

public sealed class PredictorTests : IDisposable
{
    private readonly ServingWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Predict_RowsByName_AreClassesWithProbabilitiesAndIds()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        JsonElement answer = await world.PredictAsync("""{"instances":[{"size":1,"weight":1,"colour":"red"},{"colour":"green","weight":"5","size":"12"}]}""");

        Assert.Equal(("fruit", "v1"), (answer.GetProperty("model").GetString(), answer.GetProperty("version").GetString()));
        Assert.Equal(["apple", "melon"], answer.GetProperty("predictions").EnumerateArray().Select(item => item.GetString()));
        JsonElement first = answer.GetProperty("probabilities")[0];
        Assert.Equal(1, first.GetProperty("apple").GetDouble() + first.GetProperty("melon").GetDouble(), 1e-12);
        Assert.Equal(2, answer.GetProperty("prediction_ids").EnumerateArray().Select(item => item.GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Predict_RowsSomeRefused_NamesEachByWhatMadeIt()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await world.DeployAsync(ServingWorld.Classifier(), "run-2");

        JsonElement answer = await world.PredictAsync("""{"instances":[{"size":1,"weight":1,"colour":"red"},{"siez":1},{"colour":"green","weight":"5","size":"12"}],"errors":"per_row"}""");

        PredictionId[] ids = [.. answer.GetProperty("prediction_ids").EnumerateArray().Where(id => id.ValueKind == JsonValueKind.String).Select(id => Parse(id.GetString()))];
        Assert.Equal([0, 2], ids.Select(id => id.Row));
        Assert.Single(ids.Select(id => id.Request).Distinct());
        Assert.All(ids, id => Assert.Equal((2, 2, 0UL), (id.Sequence, id.Deployment, id.Unit)));
        Assert.Equal([PredictedValue.Of("apple"), PredictedValue.Of("melon")], ids.Select(id => id.Predicted));
        Assert.All(ids, id => Assert.Equal(PredictionId.TagOf(world.Registry.GetAsync(TestStores.Tenant, "fruit", default).GetAwaiter().GetResult().Model.Id), id.ModelTag));
    }

    [Fact]
    public async Task Predict_ARow_TellsItsNumberInItsId()
    {
        await world.DeployAsync(ServingWorld.Regressor(), "run-1");

        JsonElement answer = await world.PredictAsync("""{"instance":{"weight":5,"colour":"green","kind":"melon"}}""");

        Assert.Equal(PredictedValue.Of(answer.GetProperty("predictions")[0].GetDouble()), Parse(answer.GetProperty("prediction_ids")[0].GetString()).Predicted);
    }

    [Fact]
    public async Task Predict_OneInstanceWithMissingValues_IsAnswered()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        JsonElement answer = await world.PredictAsync("""{"instance":{"size":null,"weight":5}}""");

        Assert.Equal(1, answer.GetProperty("predictions").GetArrayLength());
    }

    [Fact]
    public async Task Predict_Regression_IsANumberWithoutProbabilities()
    {
        await world.DeployAsync(ServingWorld.Regressor(), "run-1");

        JsonElement answer = await world.PredictAsync("""{"instance":{"weight":5,"colour":"green","kind":"melon"}}""");

        Assert.InRange(answer.GetProperty("predictions")[0].GetDouble(), 9, 18);
        Assert.False(answer.TryGetProperty("probabilities", out _));
    }

    [Theory]
    [InlineData("""{"instances":[{"size":1},{"size":"large"}]}""", "value_unusable", "size", 2L)]
    [InlineData("""{"instances":[{"siez":1}]}""", "column_unknown", "siez", 1L)]
    [InlineData("""{"instances":[{"size":1,"kind":"apple"}]}""", "column_is_target", "kind", 1L)]
    [InlineData("""{"instances":[{"size":1},{"size":1,"size":2}]}""", "column_duplicate", "size", 2L)]
    [InlineData("""{"instances":[{"size":1e999}]}""", "value_unusable", "size", 1L)]
    [InlineData("""{"instances":[{"size":[1]}]}""", "value_unusable", "size", 1L)]
    [InlineData("""{"instances":[{"size":{"a":1}}]}""", "value_unusable", "size", 1L)]
    [InlineData("""{"instances":[{}]}""", "instance_empty", "instances", 1L)]
    [InlineData("""{"instances":[]}""", "instances_missing", "instances", null)]
    [InlineData("""{}""", "instances_missing", "instances", null)]
    [InlineData("""{"instances":{"size":1}}""", "field_type", "instances", null)]
    [InlineData("""{"instances":[1]}""", "field_type", "instances", 1L)]
    [InlineData("""{"instances":[{"size":1},null]}""", "field_type", "instances", 2L)]
    [InlineData("""{"instances":[{"size":1}],"explain":0}""", "option_out_of_range", "explain", null)]
    [InlineData("""{"explain":1001,"instances":[{"size":1}]}""", "option_out_of_range", "explain", null)]
    [InlineData("""{"instances":[{"size":1}],"explain":1.5}""", "option_out_of_range", "explain", null)]
    [InlineData("""{"instances":[{"size":1}],"explain":"3"}""", "field_type", "explain", null)]
    [InlineData("""{"instances":[{"size":1}],"explain":[3]}""", "field_type", "explain", null)]
    [InlineData("""{"instances":[{"size":1}],"explain":null}""", "field_type", "explain", null)]
    [InlineData("""{"instances":[{"size":1}],"explain":3,"explain":{}}""", "field_duplicate", "explain", null)]
    [InlineData("""{"instances":[{"size":1}],"explain":3,"instance":{"size":1}}""", "field_duplicate", "instance", null)]
    [InlineData("""{"explain":3,"instances":[{"size":1}],"instance":{"size":1}}""", "field_duplicate", "instance", null)]
    [InlineData("""{"instances":[{"size":1}],"probabilities":0}""", "field_type", "probabilities", null)]
    [InlineData("""{"instances":[{"size":1}],"errors":"per_column"}""", "option_unknown", "errors", null)]
    [InlineData("""{"unknown_columns":"forget","instances":[{"size":1}]}""", "option_unknown", "unknown_columns", null)]
    [InlineData("""{"instances":[{"size":1}],"verbose":[]}""", "field_unknown", "verbose", null)]
    [InlineData("""{"instances":[{"size":1}],"verbose":true}""", "field_unknown", "verbose", null)]
    [InlineData("""{"errors":"per_row"}""", "instances_missing", "instances", null)]
    [InlineData("""{"instances":[],"errors":"per_row"}""", "instances_missing", "instances", null)]
    [InlineData("""{"instances":[{"size":1}],"errors":"per_row"] """, "json_malformed", null, 1L)]
    [InlineData("""{"instances":[{"size":[1,"errors":"per_row"}""", "json_malformed", null, 1L)]
    [InlineData("""{"unknown_columns":"ignore","instances":[{"siez":1}]}""", "instance_empty", "instances", 1L)]
    [InlineData("""[]""", "field_type", null, null)]
    [InlineData("""{"rows":[]}""", "field_unknown", "rows", null)]
    [InlineData("""{"instance":{"size":1},"instance":{"size":1}}""", "field_duplicate", "instance", null)]
    [InlineData("""{"instances":[{"size":1}]""", "json_malformed", null, 1L)]
    [InlineData("""{"instances":[{"size":1}]} x""", "json_malformed", null, 1L)]
    [InlineData("""{"instances":[{"colour":"\ud800"}]}""", "json_not_unicode", null, null)]
    [InlineData("""{"instances":[{"\ud800":"x"}]}""", "json_not_unicode", null, null)]
    [InlineData("""{"\ud800":[]}""", "json_not_unicode", null, null)]
    [InlineData("  ", "json_empty", null, null)]
    public async Task Predict_UnusableBody_NamesCodeFieldAndRow(string body, string code, string? field, long? row)
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        Problem problem = await TestStores.RefusedAsync(() => world.PredictAsync(body));

        Assert.Equal((code, field, row), (problem.Code, problem.Field, problem.Row));
    }

    [Fact]
    public async Task Predict_MisspeltColumn_SuggestsTheRightOne()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        Problem problem = await TestStores.RefusedAsync(() => world.PredictAsync("""{"instance":{"color":"red"}}"""));

        Assert.Contains("Did you mean 'colour'?", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("size, weight, colour", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_MoreRowsThanAllowed_IsRefused()
    {
        using ServingWorld small = new(new ServingOptions { MaxRows = 2 });
        await small.DeployAsync(ServingWorld.Classifier(), "run-1");

        Problem problem = await TestStores.RefusedAsync(() => small.PredictAsync("""{"instances":[{"size":1},{"size":1},{"size":1}]}"""));

        Assert.Equal((ProblemKind.TooLarge, "instances_too_many"), (problem.Kind, problem.Code));
    }

    [Fact]
    public async Task Predict_AnyCell_EqualsTheModelsOwnAnswer()
    {
        var model = ServingWorld.Classifier();
        await world.DeployAsync(model, "run-1");
        double[] expected = model.Predict(ServingWorld.Rows());

        string rows = string.Join(',', Enumerable.Range(0, 60).Select(row =>
            row % 3 == 0 ? $$"""{"size":{{row % 7}},"weight":1,"colour":"red"}""" : $$"""{"size":{{10 + (row % 7)}},"weight":5,"colour":"green"}"""));
        JsonElement answer = await world.PredictAsync($$"""{"instances":[{{rows}}]}""");

        IEnumerable<double> actual = answer.GetProperty("probabilities").EnumerateArray().SelectMany(row => row.EnumerateObject().Select(each => each.Value.GetDouble()));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Predict_GoodAndBadRequests_AreCounted()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await world.PredictAsync("""{"instances":[{"size":1},{"size":2}]}""");
        await TestStores.RefusedAsync(() => world.PredictAsync("{"));

        PrometheusText text = new();
        world.Metrics.Write(text);

        Assert.Contains("ml_predictions_total{model=\"fruit\"} 2\n", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("ml_prediction_errors_total{code=\"json_malformed\"} 1\n", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("ml_prediction_latency_seconds_count 1\n", text.ToString(), StringComparison.Ordinal);
    }

    private static PredictionId Parse(string? text) => PredictionId.TryParse(text, out PredictionId id) ? id : throw new InvalidDataException($"'{text}' is no id of a prediction.");
}
