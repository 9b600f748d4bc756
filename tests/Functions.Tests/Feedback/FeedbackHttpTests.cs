using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Ports;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.Feedback;

public sealed class FeedbackHttpTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    private const string Row = """{"instance":{"size":1,"colour":"red"}}""";

    [Fact]
    public async Task Feedback_ToldAndCorrected_IsListedAndSummedUp()
    {
        string[] ids = await PredictedAsync("told", rows: 2);
        using HttpResponseMessage recorded = await host.PostAsync(
            "api/v1/models/told/feedback", $$"""{"feedback":[{"prediction_id":"{{ids[0]}}","actual":"apple"},{"prediction_id":"{{ids[1]}}","actual":"melon","comment":"it was green"}]}""");
        using HttpResponseMessage corrected = await host.PostAsync("api/v1/models/told/feedback", $$"""{"prediction_id":"{{ids[1]}}","actual":"apple","rating":4}""");

        Assert.Equal((HttpStatusCode.OK, 2), (recorded.StatusCode, Int(await PlatformHost.JsonAsync(recorded), "recorded")));
        Assert.Equal((HttpStatusCode.OK, 1), (corrected.StatusCode, Int(await PlatformHost.JsonAsync(corrected), "replaced")));
        JsonElement version = Assert.Single((await host.GetAsync("api/v1/models/told/feedback/summary")).GetProperty("versions").EnumerateArray());
        Assert.Equal(("v1", 2, 2, 1.0, 4.0), (Text(version, "version"), Int(version, "judged"), Int(version, "correct"), version.GetProperty("accuracy").GetDouble(), version.GetProperty("mean_rating").GetDouble()));
        Assert.Equal("""{"apple":{"actual":2,"correct":2}}""", version.GetProperty("labels").GetRawText());
        Assert.False(version.TryGetProperty("mae", out _));
        JsonElement listed = Assert.Single((await host.GetAsync($"api/v1/models/told/feedback?prediction_id={ids[1]}")).GetProperty("items").EnumerateArray());
        Assert.Equal(("apple", 2, "local"), (Text(listed, "actual"), Int(listed, "revision"), Text(listed, "by")));
        Assert.Empty((await host.GetAsync("api/v1/models/told/feedback?correct=false")).GetProperty("items").EnumerateArray());
        Assert.Equal(2, (await host.GetAsync("api/v1/models/told/feedback?version=v1&correct=true")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Feedback_SentAgainUnderItsKey_IsAnsweredAsTheFirstTime()
    {
        string[] ids = await PredictedAsync("keyed", rows: 1);
        string first = $$"""{"prediction_id":"{{ids[0]}}","correct":true}""";
        using HttpResponseMessage recorded = await host.PostAsync("api/v1/models/keyed/feedback", first, "key-1");
        using HttpResponseMessage corrected = await host.PostAsync("api/v1/models/keyed/feedback", first.Replace("true", "false", StringComparison.Ordinal), "key-2");
        using HttpResponseMessage again = await host.PostAsync("api/v1/models/keyed/feedback", first, "key-1");

        Assert.Equal(await recorded.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(0, Int((await host.GetAsync("api/v1/models/keyed/feedback/summary")).GetProperty("versions")[0], "correct"));
    }

    [Theory]
    [InlineData("{}", 400, "feedback_missing", null)]
    [InlineData("""{"feedback":[]}""", 400, "feedback_missing", null)]
    [InlineData("""{"feedback":[{"prediction_id":"ID","correct":true}],"rating":3}""", 400, "feedback_missing", null)]
    [InlineData("""{"feedback":[{"correct":true}]}""", 400, "field_missing", null)]
    [InlineData("""{"feedback":[{"prediction_id":"pred_123","correct":true}]}""", 422, "prediction_unknown", 1)]
    [InlineData("""{"feedback":[{"prediction_id":"ID","actual":{"label":"apple"}}]}""", 422, "feedback_invalid", 1)]
    [InlineData("""{"prediction_id":"ID","value":1e999}""", 422, "feedback_invalid", 1)]
    [InlineData("""{"prediction_id":"ID","actual":1e999}""", 200, null, null)]
    [InlineData("""{"prediction_id":"ID","time":"yesterday"}""", 400, "field_type", null)]
    public async Task Feedback_ThatCannotBeUsed_IsRefusedByName(string body, int status, string? code, int? row)
    {
        string[] ids = await PredictedAsync("strict", rows: 1);

        using HttpResponseMessage refused = await host.PostAsync("api/v1/models/strict/feedback", body.Replace("ID", ids[0], StringComparison.Ordinal));

        Assert.Equal(status, (int)refused.StatusCode);
        if (code is not null)
        {
            JsonElement problem = await PlatformHost.ProblemAsync(refused);
            Assert.Equal(code, Text(problem, "code"));
            Assert.Equal(row, problem.TryGetProperty("row", out JsonElement at) && at.ValueKind == JsonValueKind.Number ? at.GetInt32() : null);
        }
    }

    [Fact]
    public async Task MlFeedback_AsItsDocumentHasIt_IsRecorded()
    {
        string[] ids = await PredictedAsync("fraud_detector", rows: 1);

        using HttpResponseMessage recorded = await host.PostAsync(
            "api/v1/ml/feedback", $$"""{"model_name":"fraud_detector","prediction_id":"{{ids[0]}}","actual_outcome":true,"user_feedback":"Correctly identified fraud"}""");

        JsonElement answer = await PlatformHost.JsonAsync(recorded);
        Assert.Equal((HttpStatusCode.OK, true, "fraud_detector", "v1", ids[0], "recorded"), (recorded.StatusCode, answer.GetProperty("success").GetBoolean(), Text(answer, "model_name"), Text(answer, "model_version"), Text(answer, "prediction_id"), Text(answer, "message")));
        Assert.Equal("Correctly identified fraud", Text((await host.GetAsync("api/v1/models/fraud_detector/feedback")).GetProperty("items")[0], "comment"));
    }

    [Fact]
    public async Task Message_DeliveredTwice_IsRecordedOnce()
    {
        string[] ids = await PredictedAsync("queued-feedback", rows: 2);
        IMessageQueue queue = host.Services.GetRequiredService<IMessageQueue>();
        string message = $$"""{"message_id":"m-1","traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","model":"queued-feedback","feedback":[{"prediction_id":"{{ids[0]}}","actual":"apple"}]}""";

        await queue.SendAsync(FeedbackMessages.Queue, message, TimeSpan.Zero, default);
        await queue.SendAsync(FeedbackMessages.Queue, message, TimeSpan.Zero, default);
        await queue.SendAsync(FeedbackMessages.Queue, message.Replace("m-1", "m-2", StringComparison.Ordinal).Replace(ids[0], ids[1], StringComparison.Ordinal), TimeSpan.Zero, default);

        JsonElement versions;
        do
        {
            versions = (await host.GetAsync("api/v1/models/queued-feedback/feedback/summary")).GetProperty("versions");
        }
        while (versions.GetArrayLength() == 0 || Int(versions[0], "items") < 2);
        Assert.Equal(2, Int(versions[0], "correct"));
        Assert.All((await host.GetAsync("api/v1/models/queued-feedback/feedback")).GetProperty("items").EnumerateArray(), item => Assert.Equal(1, Int(item, "revision")));
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static int Int(JsonElement of, string name) => of.GetProperty(name).GetInt32();

    private async Task<string[]> PredictedAsync(string model, int rows)
    {
        await DeployedModel.RegisterAsync(host, model, "run-1");
        using HttpResponseMessage deployed = await host.PostAsync($"api/v1/models/{model}/deploy", "");
        List<string> ids = [];
        for (int row = 0; row < rows; row++)
        {
            using HttpResponseMessage predicted = await host.PostAsync($"api/v1/models/{model}/predict", Row);
            ids.Add((await PlatformHost.JsonAsync(predicted)).GetProperty("prediction_ids")[0].GetString()!);
        }

        return [.. ids];
    }
}
