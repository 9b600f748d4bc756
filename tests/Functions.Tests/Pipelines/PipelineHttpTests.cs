using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Trainyard.Functions.Tests.Pipelines;

public sealed class PipelineHttpTests : IAsyncLifetime
{
    private const string IrisPipeline =
        """{"model_name":"iris","dataset_uri":"dataset://iris","target_metric":"accuracy","threshold":0.8,"auto_deploy":true,"schedule":"daily"}""";

    private PipelineApp app = null!;

    public async Task InitializeAsync()
    {
        app = await PipelineApp.StartAsync();
        await app.UploadAsync("iris", Samples.Read("iris"));
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Create_AsDocumented_AnswersTheDocumentedFields()
    {
        (HttpStatusCode status, JsonNode? body, Uri? location) = await app.SendAsync(HttpMethod.Post, PipelineApp.Pipelines, IrisPipeline);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(["id", "model_name", "status", "created_at", "next_run", "total_runs"], Names(body));
        Assert.Equal(("iris", "active", 0), ((string)body!["model_name"]!, (string)body["status"]!, (int)body["total_runs"]!));
        Assert.Equal($"{PipelineApp.Pipelines}/{body["id"]}", location!.ToString());
        Assert.EndsWith("Z", (string)body["created_at"]!, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromDays(1), (DateTimeOffset)body["next_run"]! - (DateTimeOffset)body["created_at"]!);
    }

    [Fact]
    public async Task Job_OfClassification_TrainsDeploysAndServes()
    {
        string pipeline = await app.CreateAsync(IrisPipeline);
        (HttpStatusCode status, JsonNode? triggered, Uri? location) = await app.SendAsync(HttpMethod.Post, $"{pipeline}/trigger");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(["pipeline_id", "run_id", "status", "started_at"], Names(triggered));
        Assert.Equal("started", (string)triggered!["status"]!);

        JsonNode run = await app.FollowAsync(location!.ToString());
        Assert.True((string)run["status"]! == "deployed", run.ToString());
        Assert.All(run["steps"]!.AsArray(), step => Assert.Equal("completed", (string)step!["status"]!));
        Assert.Equal((int)run["progress"]!["candidates_total"]!, (int)run["progress"]!["candidates_done"]!);
        Assert.Equal(30, (int)run["evaluation"]!["rows"]!);
        JsonArray leaderboard = run["leaderboard"]!.AsArray();
        Assert.Equal((int)run["progress"]!["candidates_total"]!, leaderboard.Count);
        Assert.Equal((double)run["progress"]!["best_score"]!, (double)leaderboard[0]!["score"]!);
        Assert.All(leaderboard, entry => Assert.Equal((1, 90, "finished"), ((int)entry!["rung"]!, (int)entry["rows"]!, (string)entry["exit"]!)));
        Assert.All(leaderboard, entry => Assert.True((double)entry!["seconds"]! > 0));

        JsonNode shown = await app.GetAsync(pipeline);
        JsonNode latest = shown["latest_run"]!;
        Assert.Equal((1, "deployed", "v1"), ((int)shown["total_runs"]!, (string)latest["status"]!, (string)latest["artifacts"]!["version"]!));
        Assert.InRange((double)latest["metrics"]!["accuracy"]!, 0.8, 1);
        Assert.NotNull(latest["metrics"]!["loss"]);
        Assert.Contains("iris/v1", (string)latest["artifacts"]!["model_uri"]!, StringComparison.Ordinal);

        Assert.Equal(shown.ToJsonString(), (await app.GetAsync(PipelineApp.Pipelines))["items"]![0]!.ToJsonString());

        (_, JsonNode? predicted, _) = await app.SendAsync(
            HttpMethod.Post,
            "/api/v1/models/iris/predict",
            """{"instance":{"sepal_length_cm":5.1,"sepal_width_cm":3.5,"petal_length_cm":1.4,"petal_width_cm":0.2}}""");
        Assert.Contains("setosa", (string)predicted!["predictions"]![0]!, StringComparison.Ordinal);
        Assert.Contains("mlops_pipeline_runs_total{status=\"deployed\"} 1\n", await app.Client.GetStringAsync("/api/metrics"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anomaly_detection", "flagged_share", "normal")]
    [InlineData("pattern_recognition", "silhouette", "cluster_")]
    public async Task Job_WithoutTarget_TrainsDeploysAndServes(string modelType, string metric, string answer)
    {
        string pipeline = await app.CreateAsync($$"""{"model_name":"flowers","dataset_uri":"dataset://iris","model_type":"{{modelType}}","auto_deploy":true}""");
        JsonNode run = await app.FollowAsync(await app.TriggerAsync(pipeline));
        Assert.True((string)run["status"]! == "deployed", run.ToString());
        JsonNode shown = await app.GetAsync(pipeline);
        Assert.Equal((modelType, metric), ((string)shown["model_type"]!, (string)shown["target_metric"]!));
        Assert.NotNull(shown["latest_run"]!["metrics"]![metric]);

        (HttpStatusCode status, JsonNode? predicted, _) = await app.SendAsync(
            HttpMethod.Post,
            "/api/v1/models/flowers/predict",
            """{"instance":{"sepal_length_cm":5.8,"sepal_width_cm":3.0,"petal_length_cm":4.2,"petal_width_cm":1.3,"species":"versicolor"}}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith(answer, (string)predicted!["predictions"]![0]!, StringComparison.Ordinal);
        Assert.Equal(1, predicted["probabilities"]![0]!.AsObject().Sum(each => (double)each.Value!), 1e-9);
    }

    [Fact]
    public async Task Job_OfFraudDetection_WeighsClasses()
    {
        await app.UploadAsync("tumours", Samples.Read("breast-cancer"));
        string pipeline = await app.CreateAsync("""{"model_name":"tumours","dataset_uri":"dataset://tumours","model_type":"fraud_detection","target_metric":"f1","time_budget_seconds":86400,"auto_deploy":true}""");
        Assert.Equal(86_400, (int)(await app.GetAsync(pipeline))["time_budget_seconds"]!);
        JsonNode run = await app.FollowAsync(await app.TriggerAsync(pipeline));
        Assert.True((string)run["status"]! == "deployed", run.ToString());
        Assert.Equal(1, (int)run["progress"]!["candidates_total"]!);
    }

    [Theory]
    [InlineData("0", HttpStatusCode.UnprocessableEntity, "time_budget_out_of_range")]
    [InlineData("86401", HttpStatusCode.UnprocessableEntity, "time_budget_out_of_range")]
    [InlineData("\"long\"", HttpStatusCode.BadRequest, "field_type")]
    public async Task Create_OfATimeBudgetThatCannotBe_SaysWhatIsAllowed(string budget, HttpStatusCode expected, string code)
    {
        (HttpStatusCode status, JsonNode? body, _) = await app.SendAsync(HttpMethod.Post, PipelineApp.Pipelines, $$"""{"model_name":"iris","dataset_uri":"dataset://iris","time_budget_seconds":{{budget}}}""");
        Assert.Equal((expected, code, "time_budget_seconds"), (status, (string)body!["code"]!, (string)body["field"]!));
    }

    [Fact]
    public async Task Create_OfAnUnknownModelType_NamesTheKnownOnes()
    {
        (HttpStatusCode status, JsonNode? body, _) = await app.SendAsync(HttpMethod.Post, PipelineApp.Pipelines, """{"model_name":"iris","dataset_uri":"dataset://iris","model_type":"crystal_ball"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(("model_type_unknown", "model_type"), ((string)body!["code"]!, (string)body["field"]!));
        Assert.Contains("fraud_detection", (string)body["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OfTwoRuns_AreOldestFirstWithTrendAndStanding()
    {
        string pipeline = await app.CreateAsync(IrisPipeline);
        await app.FollowAsync(await app.TriggerAsync(pipeline));
        await app.FollowAsync(await app.TriggerAsync(pipeline));
        JsonNode metrics = await app.GetAsync($"{pipeline}/metrics?limit=10");
        Assert.Equal(["pipeline_id", "model_name", "target_metric", "history", "trend_percent", "meets_threshold"], Names(metrics));
        Assert.Equal(("accuracy", 0.0, true), ((string)metrics["target_metric"]!, (double)metrics["trend_percent"]!, (bool)metrics["meets_threshold"]!));
        JsonArray history = metrics["history"]!.AsArray();
        Assert.Equal(["timestamp", "run_id", "metrics"], Names(history[0]));
        Assert.True((DateTimeOffset)history[0]!["timestamp"]! < (DateTimeOffset)history[1]!["timestamp"]!);

        Assert.Single((await app.GetAsync($"{pipeline}/metrics?limit=1"))["history"]!.AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await app.SendAsync(HttpMethod.Get, $"{pipeline}/metrics?limit=-1")).Status);
    }

    [Fact]
    public async Task Job_OfRegressionThatMissesItsGate_IsRejectedWithAnAlert()
    {
        await app.UploadAsync("diabetes", Samples.Read("diabetes"));
        string pipeline = await app.CreateAsync("""{"model_name":"d","dataset_uri":"dataset://diabetes","target_metric":"rmse","threshold":1,"auto_deploy":true}""");
        JsonNode run = await app.FollowAsync(await app.TriggerAsync(pipeline));
        Assert.True((string)run["status"]! == "rejected", run.ToString());
        JsonNode alert = (await app.GetAsync("/api/v1/alerts"))["items"]![0]!;
        Assert.Equal(("threshold_missed", "rmse"), ((string)alert["kind"]!, (string)alert["metric"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Get, "/api/v1/models/d")).Status);
    }

    [Fact]
    public async Task Job_OfDataThatWentBad_FailsWithTheReason()
    {
        string pipeline = await app.CreateAsync(IrisPipeline);
        await app.UploadAsync("iris", Encoding.UTF8.GetBytes("x,species\n" + string.Concat(Enumerable.Range(0, 50).Select(row => $"{row},setosa\n"))));
        JsonNode run = await app.FollowAsync(await app.TriggerAsync(pipeline));
        Assert.Equal(("failed", "target_one_class"), ((string)run["status"]!, (string?)run["failure"]?["code"]));
    }

    [Fact]
    public async Task Cancel_OfARunUnderWay_EndsItCancelled()
    {
        await app.UploadAsync("digits", Samples.Read("digits"));
        string pipeline = await app.CreateAsync("""{"model_name":"digits","dataset_uri":"dataset://digits","threshold":0.8}""");
        string run = await app.TriggerAsync(pipeline);
        Assert.Equal(HttpStatusCode.Accepted, (await app.SendAsync(HttpMethod.Post, $"{run}/cancel")).Status);
        Assert.Equal("cancelled", (string)(await app.FollowAsync(run))["status"]!);
        (HttpStatusCode status, JsonNode? problem, _) = await app.SendAsync(HttpMethod.Post, $"{run}/cancel");
        Assert.True(status is HttpStatusCode.Accepted, $"{problem}");
    }

    [Fact]
    public async Task Trigger_WhileARunIsUnderWay_IsRefused()
    {
        await app.UploadAsync("digits", Samples.Read("digits"));
        string pipeline = await app.CreateAsync("""{"model_name":"digits","dataset_uri":"dataset://digits","threshold":0.8}""");
        string run = await app.TriggerAsync(pipeline);
        (HttpStatusCode status, JsonNode? problem, _) = await app.SendAsync(HttpMethod.Post, $"{pipeline}/trigger");
        Assert.Equal((HttpStatusCode.Conflict, "run_active"), (status, (string)problem!["code"]!));
        Assert.Equal("run_active", (string)(await app.SendAsync(HttpMethod.Delete, pipeline)).Body!["code"]!);
        await app.SendAsync(HttpMethod.Post, $"{run}/cancel");
        await app.FollowAsync(run);
    }

    [Fact]
    public async Task Trigger_RepeatedWithItsKey_StartsOneRun()
    {
        string pipeline = await app.CreateAsync(IrisPipeline);
        (_, JsonNode? first, Uri? location) = await app.SendAsync(HttpMethod.Post, $"{pipeline}/trigger", idempotencyKey: "once");
        await app.FollowAsync(location!.ToString());
        (_, JsonNode? second, _) = await app.SendAsync(HttpMethod.Post, $"{pipeline}/trigger", idempotencyKey: "once");
        Assert.Equal((string)first!["run_id"]!, (string)second!["run_id"]!);
        Assert.Equal(1, (int)(await app.GetAsync(pipeline))["total_runs"]!);
    }

    [Fact]
    public async Task Create_RepeatedWithItsKey_CreatesOnePipeline()
    {
        (_, JsonNode? first, _) = await app.SendAsync(HttpMethod.Post, PipelineApp.Pipelines, IrisPipeline, "once");
        (_, JsonNode? second, _) = await app.SendAsync(HttpMethod.Post, PipelineApp.Pipelines, IrisPipeline, "once");
        Assert.Equal(first!.ToJsonString(), second!.ToJsonString());
        Assert.Single((await app.GetAsync(PipelineApp.Pipelines))["items"]!.AsArray());
    }

    [Fact]
    public async Task PauseResumeThresholdDelete_DoWhatTheySay()
    {
        string pipeline = await app.CreateAsync(IrisPipeline);
        (_, JsonNode? paused, _) = await app.SendAsync(HttpMethod.Post, $"{pipeline}/pause");
        Assert.Equal(("paused", null), ((string)paused!["status"]!, (string?)paused["next_run"]));
        (_, JsonNode? resumed, _) = await app.SendAsync(HttpMethod.Post, $"{pipeline}/resume");
        Assert.Equal("active", (string)resumed!["status"]!);
        Assert.NotNull(resumed["next_run"]);
        (_, JsonNode? changed, _) = await app.SendAsync(HttpMethod.Put, $"{pipeline}/threshold", """{"threshold":0.90}""");
        Assert.Equal(0.9, (double)changed!["threshold"]!);
        Assert.Equal(HttpStatusCode.NoContent, (await app.SendAsync(HttpMethod.Delete, pipeline)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Get, pipeline)).Status);
    }

    [Theory]
    [InlineData("""{"model_name":"m"}""", 422, "field_required", "dataset_uri")]
    [InlineData("""{"dataset_uri":"dataset://iris"}""", 422, "field_required", "model_name")]
    [InlineData("""{"model_name":"../m","dataset_uri":"dataset://iris"}""", 400, "name_invalid", "model_name")]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://absent"}""", 404, "dataset_not_found", "dataset_uri")]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris/9"}""", 404, "dataset_version_not_found", "dataset_uri")]
    [InlineData("""{"model_name":"m","dataset_uri":"gs://omni-data/sales_data.csv"}""", 422, "dataset_scheme_unsupported", null)]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","threshold":1.01}""", 422, "threshold_out_of_range", "threshold")]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","threshold":"high"}""", 400, "field_type", "threshold")]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","threshhold":0.9}""", 400, "field_unknown", "threshhold")]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","target_metric":"rmse","threshold":1}""", 422, "metric_task_mismatch", "target_metric")]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","target_column":"absent"}""", 422, "target_missing", null)]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","personal_columns":["petal_width"]}""", 422, "personal_column_unknown", "personal_columns")]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","personal_columns":[""]}""", 400, "personal_columns_invalid", "personal_columns")]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","monotone":{"absent":1}}""", 422, "monotone_invalid", "absent")]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","monotone":{"petal_width_cm":1}}""", 422, "monotone_invalid", "petal_width_cm")]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","monotone":{"petal_width_cm":2}}""", 422, "monotone_invalid", "monotone")]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","monotone":{"petal_width_cm":"up"}}""", 400, "field_type", null)]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","schedule":"fortnightly"}""", 422, "schedule_invalid", "schedule")]
    [InlineData("""{"model_name":"m","dataset_uri":"dataset://iris","seed":-1}""", 422, "seed_out_of_range", "seed")]
    [InlineData("""{"model_name":"m",""", 400, "json_malformed", null)]
    [InlineData("", 400, "json_empty", null)]
    public async Task Create_OfABadRequest_SaysWhatAndChangesNothing(string json, int status, string code, string? field)
    {
        (HttpStatusCode answered, JsonNode? problem, _) = await app.SendAsync(HttpMethod.Post, PipelineApp.Pipelines, json);
        Assert.True(((int)answered, (string?)problem?["code"]) == (status, code), $"{answered} {problem}");
        if (field is not null)
        {
            Assert.Equal(field, (string?)problem!["field"]);
        }

        Assert.Empty((await app.GetAsync(PipelineApp.Pipelines))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("{}", 400, "field_missing")]
    [InlineData("""{"threshold":null}""", 400, "field_type")]
    [InlineData("""{"threshold":"0.9"}""", 400, "field_type")]
    [InlineData("""{"threshold":1.5}""", 422, "threshold_out_of_range")]
    public async Task SetThreshold_OfABadRequest_KeepsTheGate(string json, int status, string code)
    {
        string pipeline = await app.CreateAsync(IrisPipeline);
        (HttpStatusCode answered, JsonNode? problem, _) = await app.SendAsync(HttpMethod.Put, $"{pipeline}/threshold", json);
        Assert.True(((int)answered, (string?)problem?["code"], (string?)problem?["field"]) == (status, code, "threshold"), $"{answered} {problem}");
        Assert.Equal(0.8, (double)(await app.GetAsync(pipeline))["threshold"]!);
    }

    [Theory]
    [InlineData("GET", "/absent", 404)]
    [InlineData("GET", "/absent/metrics", 404)]
    [InlineData("GET", "/absent/runs", 404)]
    [InlineData("GET", "/absent/runs/absent", 404)]
    [InlineData("GET", "/absent/runs/absent/events", 404)]
    [InlineData("POST", "/absent/trigger", 404)]
    [InlineData("POST", "/absent/pause", 404)]
    [InlineData("POST", "/absent/runs/absent/cancel", 404)]
    [InlineData("DELETE", "/absent", 404)]
    [InlineData("GET", "/%F0%9F%9A%82", 400)]
    [InlineData("GET", "/a%2F..%2Fb", 400)]
    public async Task AnyCall_OnAPipelineThatIsNotThere_IsRefused(string method, string path, int status)
    {
        (HttpStatusCode answered, JsonNode? problem, _) = await app.SendAsync(new HttpMethod(method), PipelineApp.Pipelines + path);
        Assert.True((int)answered == status, $"{answered} {problem}");
        Assert.NotNull(problem!["code"]);
    }

    private static string[] Names(JsonNode? node) => [.. node!.AsObject().Select(property => property.Key)];
}
