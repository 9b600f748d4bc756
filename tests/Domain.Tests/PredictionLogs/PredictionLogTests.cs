using System.Text.Json;
using Trainyard.Domain.Ports;
using Trainyard.Domain.PredictionLogs;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Tests.Serving;

namespace Trainyard.Domain.Tests.PredictionLogs;

public sealed class PredictionLogTests
{
    private const string One = """{"instance":{"size":1,"colour":"red"}}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Predict_Logged_IsALinePerRowWithAllThatIsKnown(bool onFiles)
    {
        using LogWorld world = new(onFiles: onFiles);
        await world.DeployAsync();

        JsonElement answer = await world.PredictAsync("""{"instances":[{"size":"1.50","colour":"red"},{"weight":5}]}""", key: "user-7");
        List<JsonElement> lines = await world.LinesAsync();

        Assert.Equal(2, lines.Count);
        for (int row = 0; row < 2; row++)
        {
            JsonElement line = lines[row];
            Assert.Equal(world.Clock.GetUtcNow(), line.GetProperty("time").GetDateTimeOffset());
            Assert.Equal(answer.GetProperty("prediction_ids")[row].GetString(), line.GetProperty("prediction_id").GetString());
            Assert.Equal(("fruit", "v1", 2, row + 1), (Text(line, "model"), Text(line, "version"), line.GetProperty("deployment").GetInt32(), line.GetProperty("row").GetInt32()));
            Assert.Equal(answer.GetProperty("predictions")[row].GetString(), Text(line, "prediction"));
            Assert.Equal(answer.GetProperty("probabilities")[row].GetRawText(), line.GetProperty("probabilities").GetRawText());
            Assert.Equal(("c0ffee", 0.0, 1.0), (Text(line, "correlation_id"), line.GetProperty("latency_ms").GetDouble(), line.GetProperty("log_rate").GetDouble()));
            Assert.StartsWith(PersonalHash.Prefix, Text(line, "caller"), StringComparison.Ordinal);
        }

        // As the model used them: a number that came as text is a number, what was not named is missing.
        Assert.Equal("""{"size":1.5,"weight":null,"colour":"red"}""", lines[0].GetProperty("inputs").GetRawText());
        Assert.Equal("""{"size":null,"weight":5,"colour":null}""", lines[1].GetProperty("inputs").GetRawText());
        Assert.Contains("ml_prediction_log_rows_total{model=\"fruit\"} 2", world.MetricsText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_ByDefault_IsNotLogged()
    {
        using LogWorld world = new();
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");

        await world.PredictAsync(One);

        Assert.Empty(await world.LinesAsync());
        Assert.Empty(world.Memory.Paths);
    }

    [Fact]
    public async Task Predict_OnEveryFace_IsLoggedAlike()
    {
        using LogWorld world = new();
        await world.DeployAsync();

        JsonElement single = await world.PredictAsync("""{"modelId":"fruit","input":{"size":1,"colour":"red"}}""", PredictFace.Single);
        JsonElement tensors = await world.PredictAsync(
            """{"inputs":[{"name":"size","shape":[2],"datatype":"FP64","data":[1,null]},{"name":"colour","shape":[2],"datatype":"BYTES","data":["red","green"]}],"outputs":[{"name":"predict"}]}""",
            PredictFace.Inference);
        JsonElement many = await world.PredictManyAsync("""{"requests":[{"modelId":"fruit","input":{"size":1}},{"modelId":"fruit","input":{"size":12}}]}""");
        List<JsonElement> lines = await world.LinesAsync();

        Assert.Equal(
            ["""{"size":1,"weight":null,"colour":"red"}""", """{"size":1,"weight":null,"colour":"red"}""", """{"size":null,"weight":null,"colour":"green"}""",
                """{"size":1,"weight":null,"colour":null}""", """{"size":12,"weight":null,"colour":null}"""],
            lines.Select(line => line.GetProperty("inputs").GetRawText()));
        Assert.Equal(Text(single, "predictionId"), Text(lines[0], "prediction_id"));

        // Also where the answer does not tell the ids.
        Assert.EndsWith("-1", Text(lines[2], "prediction_id")[..Text(lines[2], "prediction_id").LastIndexOf('-')], StringComparison.Ordinal);
        Assert.Equal(tensors.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(each => each.GetString()), lines[1..3].Select(line => Text(line, "prediction")));
        Assert.Equal(many.GetProperty("predictions").EnumerateArray().Select(each => Text(each, "predictionId")), lines[3..].Select(line => Text(line, "prediction_id")));
    }

    [Fact]
    public async Task Predict_RefusedRows_AreNotLogged()
    {
        using LogWorld world = new();
        await world.DeployAsync();

        Problem refused = await TestStores.RefusedAsync(() => world.PredictAsync("""{"instances":[{"size":1},{"size":"big"}]}"""));
        JsonElement answer = await world.PredictAsync(
            """{"instances":[{"size":"big"},{"size":2,"shelf":3},{"colour":{}},{"size":4}],"errors":"per_row","unknown_columns":"ignore"}""");
        await world.PredictAsync("""{"instances":[{"size":"big"}],"errors":"per_row"}""");
        List<JsonElement> lines = await world.LinesAsync();

        Assert.Equal("value_unusable", refused.Code);
        Assert.Equal([2, 4], lines.Select(line => line.GetProperty("row").GetInt32()));
        Assert.Equal([answer.GetProperty("prediction_ids")[1].GetString(), answer.GetProperty("prediction_ids")[3].GetString()], lines.Select(line => Text(line, "prediction_id")));
        Assert.Equal([2.0, 4.0], lines.Select(line => line.GetProperty("inputs").GetProperty("size").GetDouble()));

        // A column that the model has not is in no schema, so nobody could say whether it is personal.
        Assert.All(lines, line => Assert.False(line.GetProperty("inputs").TryGetProperty("shelf", out _)));
        Assert.DoesNotContain("ml_prediction_log_dropped_total{", world.MetricsText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PredictMany_RefusedAsAWhole_LogsNone()
    {
        using LogWorld world = new();
        await world.DeployAsync();

        await TestStores.RefusedAsync(() => world.PredictManyAsync("""{"requests":[{"modelId":"fruit","input":{"size":1}},{"modelId":"absent","input":{}}]}"""));
        Assert.Empty(await world.LinesAsync());
        Assert.Equal((0, 0), (world.Log.Waiting, world.Log.WaitingBytes));

        await world.PredictManyAsync("""{"requests":[{"modelId":"fruit","input":{"size":1}},{"modelId":"absent","input":{}}],"errors":"per_row"}""");
        Assert.Single(await world.LinesAsync());
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.01)]
    public async Task Predict_AtARate_LogsThatShareOfRequests(double rate)
    {
        const int Requests = 4_000;
        using LogWorld world = new();
        await world.DeployAsync(rate);

        for (int request = 0; request < Requests; request++)
        {
            await world.PredictAsync("""{"instances":[{"size":1},{"size":2}]}""");
        }

        List<JsonElement> lines = await world.LinesAsync();

        // Whole requests are drawn, each by itself: five standard deviations of a binomial share.
        Assert.Equal(0, lines.Count % 2);
        double deviation = 5 * Math.Sqrt(Requests * rate * (1 - rate));
        Assert.InRange(lines.Count / 2, (Requests * rate) - deviation, (Requests * rate) + deviation);
        Assert.All(lines, line => Assert.Equal(rate, line.GetProperty("log_rate").GetDouble()));
    }

    [Fact]
    public async Task Predict_WithAForcedVersion_IsLoggedWithoutADeployment()
    {
        using LogWorld world = new();
        await world.DeployAsync();
        await world.Serving.RegisterAsync(ServingWorld.Classifier(), "run-2");

        await world.PredictAsync(One, version: "v2");
        List<JsonElement> lines = await world.LinesAsync();

        Assert.Equal("v2", Text(Assert.Single(lines), "version"));
        Assert.False(lines[0].TryGetProperty("deployment", out _));
    }

    [Fact]
    public async Task Predict_UnderASplitWithAShadow_LogsWhoAnsweredOnce()
    {
        using LogWorld world = new();
        await world.DeployAsync();
        await world.Serving.RegisterAsync(ServingWorld.Classifier(), "run-2");
        await world.Serving.RegisterAsync(ServingWorld.Classifier(), "run-3");
        await world.Serving.Traffic.SetAsync(
            TestStores.Tenant, "fruit", new TrafficChange { Shares = [new("v1", 50), new("v2", 50)], Shadows = [new("v3", 100)] }, "split", new ChangeNote("ada"), default);

        List<string> answered = [];
        for (int user = 0; user < 20; user++)
        {
            answered.Add(Text(await world.PredictAsync(One, key: $"user-{user}"), "version"));
        }

        Assert.Equal(answered, (await world.LinesAsync()).Select(line => Text(line, "version")));
        Assert.Equal(2, answered.Distinct().Count());
    }

    [Fact]
    public async Task Predict_WhenAFallbackAnswers_LogsTheVersionThatDid()
    {
        using LogWorld world = new();
        await world.DeployAsync();
        ModelVersion second = await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-2");
        await world.Serving.Stores.Blobs.DeleteAsync(second.Artifact.Container, second.Artifact.Path, default);

        await world.PredictAsync(One);

        Assert.Equal("v1", Text(Assert.Single(await world.LinesAsync()), "version"));
    }

    [Fact]
    public async Task Predict_WhileTooMuchWaits_DropsAndCountsAndAnswersAll()
    {
        using LogWorld world = new(new PredictionLogOptions { MaxWaiting = 2 });
        await world.DeployAsync();

        for (int request = 0; request < 5; request++)
        {
            Assert.Equal("apple", (await world.PredictAsync("""{"instances":[{"size":1},{"size":2}]}""")).GetProperty("predictions")[0].GetString());
        }

        Assert.Equal(2, world.Log.Waiting);
        Assert.Contains("ml_prediction_log_dropped_total{reason=\"busy\"} 6", world.MetricsText, StringComparison.Ordinal);
        Assert.Equal(4, (await world.LinesAsync()).Count);
        Assert.Equal((0, 0), (world.Log.Waiting, world.Log.WaitingBytes));
    }

    [Fact]
    public async Task Predict_WhileTooManyBytesWait_DropsAndCounts()
    {
        using LogWorld world = new(new PredictionLogOptions { MaxWaitingBytes = 100 });
        await world.DeployAsync();

        await world.PredictAsync(One);
        await world.PredictAsync(One);

        Assert.Equal(1, world.Log.Waiting);
        Assert.Contains("ml_prediction_log_dropped_total{reason=\"busy\"} 1", world.MetricsText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_LineOverItsBound_IsDroppedAndCounted()
    {
        using LogWorld world = new(new PredictionLogOptions { MaxLineBytes = 600 });
        await world.DeployAsync();

        await world.PredictAsync($$"""{"instances":[{"colour":"red"},{"colour":"{{new string('x', 600)}}"},{"colour":"green"}]}""");

        Assert.Equal([1, 3], (await world.LinesAsync()).Select(line => line.GetProperty("row").GetInt32()));
        Assert.Contains("ml_prediction_log_dropped_total{reason=\"too_large\"} 1", world.MetricsText, StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
