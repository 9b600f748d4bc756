using System.Text.Json;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving.Ids;
using Trainyard.Domain.Tenancy;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Feedback;

public sealed class FeedbackServiceTests : IDisposable
{
    // For the regressor, which predicts the size.
    private const string Size = """{"weight":1,"colour":"red"}""";

    private readonly FeedbackWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Record_ALabel_IsAttributedToItsVersionAndJudged()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-2");
        string[] ids = await world.PredictAsync(rows: 3);

        IReadOnlyList<FeedbackReceipt> receipts = await world.TellAsync(
            new FeedbackItem(ids[0], FeedbackWorld.Json("\"apple\"")), new FeedbackItem(ids[1], FeedbackWorld.Json("\"melon\""), Rating: 2), new FeedbackItem(ids[2], Comment: "unsure", Value: 1));

        Assert.Equal([(2, FeedbackStatus.Recorded, true), (2, FeedbackStatus.Recorded, false), (2, FeedbackStatus.Recorded, null)], receipts.Select(receipt => (receipt.Sequence, receipt.Status, receipt.Correct)));
        FeedbackCounts counts = await world.CountsAsync("v2");
        Assert.Equal((3, 2, 1, 0, 1, 2, 1, 1.0), (counts.Items, counts.Judged, counts.Correct, counts.Numbers, counts.Rated, counts.Rating, counts.Valued, counts.Value));
        Assert.Equal(0.5, counts.Accuracy);
        Assert.Equal((new LabelFeedback(1, 1), new LabelFeedback(1, 0)), (counts.Labels["apple"], counts.Labels["melon"]));
    }

    [Fact]
    public async Task Record_Numbers_SumsTheirErrors()
    {
        await world.Serving.DeployAsync(ServingWorld.Regressor(), "run-1");
        JsonElement answer = await world.Serving.PredictAsync("""{"instances":[{"weight":5,"colour":"green","kind":"melon"},{"weight":1,"colour":"red","kind":"apple"}]}""");
        string[] ids = [.. answer.GetProperty("prediction_ids").EnumerateArray().Select(id => id.GetString()!)];
        double[] predicted = [.. answer.GetProperty("predictions").EnumerateArray().Select(value => value.GetDouble())];
        double[] actual = [predicted[0] - 3, predicted[1] + 1];

        await world.TellAsync([.. ids.Select((id, row) => new FeedbackItem(id, FeedbackWorld.Json(JsonSerializer.Serialize(actual[row]))))]);

        FeedbackCounts counts = await world.CountsAsync("v1");
        Assert.Equal((2, 0), (counts.Numbers, counts.Judged));
        Assert.Equal((2.0, 1.0), (counts.MeanAbsoluteError!.Value, counts.MeanError!.Value));
        Assert.Equal(Math.Sqrt(5), counts.RootMeanSquaredError!.Value, 1e-12);
    }

    [Theory]
    [InlineData("true", "true", true)]
    [InlineData("true", "1", false)]
    [InlineData("True", "true", true)]
    [InlineData("1", "true", true)]
    [InlineData("0", "false", true)]
    [InlineData("0", "true", false)]
    [InlineData("1", "1.0", true)]
    [InlineData("1.0", "1.0", true)]
    [InlineData("1", "2", false)]
    public void Actual_OfALabelThatLooksLikeSomethingElse_IsThatLabel(string label, string json, bool isRight) =>
        Assert.Equal(isRight, ActualValue.Of(FeedbackWorld.Json(json))!.Value.Is(PredictedValue.Of(label)));

    [Fact]
    public async Task Record_TheSameAgain_ChangesNothing()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        string id = (await world.PredictAsync())[0];
        FeedbackItem item = new(id, FeedbackWorld.Json("\"apple\""));
        await world.TellAsync(item);
        world.Serving.Stores.Clock.Advance(TimeSpan.FromHours(1));

        FeedbackReceipt again = Assert.Single(await world.TellAsync(item));

        Assert.Equal(FeedbackStatus.Unchanged, again.Status);
        Assert.Equal((1, 1), ((await world.CountsAsync("v1")).Items, (await world.CountsAsync("v1")).Correct));
    }

    [Fact]
    public async Task Record_ACorrection_StandsInItsPlaceInEverySum()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        string id = (await world.PredictAsync())[0];
        await world.TellAsync(new FeedbackItem(id, FeedbackWorld.Json("\"apple\""), Rating: 5, Value: 2.5));

        FeedbackReceipt receipt = Assert.Single(await world.TellAsync(new FeedbackItem(id, FeedbackWorld.Json("\"melon\""), Rating: 1)));

        Assert.Equal((FeedbackStatus.Replaced, false), (receipt.Status, receipt.Correct));
        FeedbackCounts counts = await world.CountsAsync("v1");
        Assert.Equal((1, 1, 0, 1, 1, 0, 0.0), (counts.Items, counts.Judged, counts.Correct, counts.Rated, counts.Rating, counts.Valued, counts.Value));
        FeedbackRecord record = Assert.Single((await world.Feedback.ListAsync(TestStores.Tenant, "fruit", new FeedbackFilter(), PageRequest.First, default)).Items);
        Assert.Equal(("melon", 2), (record.Actual, record.Revision));
    }

    [Fact]
    public async Task Record_ByMany_AtOnce_CountsEachOnce()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        string[] ids = await world.PredictAsync(rows: 40);

        await Task.WhenAll(ids.Concat(ids).Select(id => Task.Run(() => world.TellAsync(new FeedbackItem(id, FeedbackWorld.Json("\"apple\""))))));

        FeedbackCounts counts = await world.CountsAsync("v1");
        Assert.Equal((40, 40), (counts.Items, counts.Correct));
    }

    [Fact]
    public async Task Record_AThousand_AreAllThereAndInTheirOrder()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        string[] ids = await world.PredictAsync(rows: FeedbackItem.MaxItems);

        IReadOnlyList<FeedbackReceipt> receipts = await world.TellAsync([.. ids.Select(id => new FeedbackItem(id, Correct: true))]);

        Assert.Equal(ids, receipts.Select(receipt => receipt.PredictionId));
        Assert.Equal(FeedbackItem.MaxItems, (await world.CountsAsync("v1")).Correct);
    }

    [Fact]
    public async Task Record_TheSameOperationAgainAfterACorrection_LeavesThatStanding()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        string id = (await world.PredictAsync())[0];
        FeedbackItem[] first = [new(id, Correct: true)];
        await world.Feedback.RecordAsync(TestStores.Tenant, "fruit", first, "operation-1", "tester", default);
        await world.TellAsync(new FeedbackItem(id, Correct: false));

        FeedbackReceipt again = Assert.Single((await world.Feedback.RecordAsync(TestStores.Tenant, "fruit", first, "operation-1", "tester", default)).Receipts);

        Assert.Equal((FeedbackStatus.Recorded, true), (again.Status, again.Correct));
        Assert.Equal(0, (await world.CountsAsync("v1")).Correct);
    }

    [Fact]
    public async Task Record_WhoseCommitsFailInBetween_IsCompletedByARepeatWithoutDoublingAny()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        string[] ids = await world.PredictAsync(rows: 100);
        FeedbackItem[] items = [.. ids.Select(id => new FeedbackItem(id, Correct: true))];
        int crashes = 0;
        foreach (FaultPoint point in Enum.GetValues<FaultPoint>())
        {
            for (int write = 1; ; write++)
            {
                FaultyDocumentStore faulty = new(world.Serving.Documents, write, point, staysDown: true);
                FeedbackService crashing = new(faulty, world.Serving.Registry, world.Serving.Stores.Clock);
                try
                {
                    await crashing.RecordAsync(TestStores.Tenant, "fruit", items, $"operation-{point}", "tester", default);
                    break;
                }
                catch (InjectedFaultException)
                {
                    crashes++;
                }
            }
        }

        Assert.True(crashes > 5, $"Only {crashes} crashes came between.");
        FeedbackCounts counts = await world.CountsAsync("v1");
        Assert.Equal((100, 100), (counts.Items, counts.Correct));
    }

    [Fact]
    public async Task Record_ItemsOfWhichOneCannotBeUsed_RecordsNone()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        string[] ids = await world.PredictAsync(rows: 2);

        Problem refused = await TestStores.RefusedAsync(() => world.TellAsync(new FeedbackItem(ids[0], Correct: true), new FeedbackItem(ids[1], Rating: 6)));

        Assert.Equal(("feedback_invalid", "rating", 2L), (refused.Code, refused.Field, refused.Row));
        Assert.Empty((await world.Feedback.SummaryAsync(TestStores.Tenant, "fruit", null, default)).Versions);
    }

    [Fact]
    public async Task Record_WhatCannotBeUsed_IsRefusedByName()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        await world.Serving.DeployAsync(ServingWorld.Regressor(), "run-1", "number");
        string id = (await world.PredictAsync())[0];
        world.Row = Size;
        string other = (await world.PredictAsync(model: "number"))[0];
        Assert.True(PredictionId.TryParse(id, out PredictionId parts));
        (FeedbackItem[] Items, string Code)[] cases =
        [
            ([], "feedback_missing"),
            ([.. Enumerable.Repeat(new FeedbackItem(id, Correct: true), FeedbackItem.MaxItems + 1)], "feedback_too_many"),
            ([new(id)], "feedback_empty"),
            ([new(id, Correct: true), new(id, Correct: true)], "feedback_repeated"),
            ([new("pred_123", Correct: true)], "prediction_unknown"),
            ([new(other, Correct: true)], "prediction_unknown"),
            ([new((parts with { Sequence = 2 }).ToString(), Correct: true)], "prediction_unknown"),
            ([new((parts with { Deployment = 2 }).ToString(), Correct: true)], "prediction_unknown"),
            ([new((parts with { Request = Guid.Parse("0fffffff00007000800000000000000a") }).ToString(), Correct: true)], "prediction_unknown"),
            ([new(id, FeedbackWorld.Json("\"melon\""), Correct: true)], "feedback_contradictory"),
            ([new(id, FeedbackWorld.Json("[1]"))], "feedback_invalid"),
            ([new(id, FeedbackWorld.Json("{}"))], "feedback_invalid"),
            ([new(id, FeedbackWorld.Json($"\"{new string('x', FeedbackItem.MaxLabelLength + 1)}\""))], "feedback_invalid"),
            ([new(id, Rating: 0)], "feedback_invalid"),
            ([new(id, Value: double.NaN)], "feedback_invalid"),
            ([new(id, Comment: new string('x', FeedbackItem.MaxCommentLength + 1))], "feedback_invalid"),
            ([new(id, Correct: true, Time: world.Serving.Stores.Clock.GetUtcNow().AddDays(2))], "feedback_invalid"),
        ];
        foreach ((FeedbackItem[] items, string code) in cases)
        {
            Assert.Equal(code, (await TestStores.RefusedAsync(() => world.TellAsync(items))).Code);
        }

        Problem words = await TestStores.RefusedAsync(() => world.Feedback.RecordAsync(TestStores.Tenant, "number", [new(other, FeedbackWorld.Json("\"many\""))], null, "tester", default));
        Assert.Equal(("feedback_invalid", "actual"), (words.Code, words.Field));
        Assert.Empty((await world.Feedback.SummaryAsync(TestStores.Tenant, "fruit", null, default)).Versions);
    }

    [Fact]
    public async Task Record_OfAnotherTenantsModel_FindsNone()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        string id = (await world.PredictAsync())[0];
        Assert.True(TenantId.TryParse("other", out TenantId? other));

        Assert.Equal("model_not_found", (await TestStores.RefusedAsync(() => world.Feedback.RecordAsync(other, "fruit", [new(id, Correct: true)], null, "tester", default))).Code);
    }

    [Fact]
    public async Task List_ByFilters_ShowsWhatTheyLetThroughPageByPage()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        string[] first = await world.PredictAsync(rows: 3);
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-2");
        string[] second = await world.PredictAsync(rows: 4);
        await world.TellAsync([.. first.Concat(second).Select((id, index) => new FeedbackItem(id, Correct: index % 2 == 0))]);

        Assert.Equal(7, (await ListAsync(new FeedbackFilter(), limit: 2)).Count);
        Assert.Equal(3, (await ListAsync(new FeedbackFilter { Version = "v1" }, limit: 2)).Count);
        Assert.Equal(4, (await ListAsync(new FeedbackFilter { Correct = true }, limit: 3)).Count);
        Assert.Equal(second[1], Assert.Single(await ListAsync(new FeedbackFilter { PredictionId = second[1] }, limit: 1)).PredictionId);
        Assert.Empty(await ListAsync(new FeedbackFilter { PredictionId = "nothing" }, limit: 1));
        DateTimeOffset at = (await ListAsync(new FeedbackFilter(), limit: 50))[0].PredictedAt;
        Assert.Equal(7, (await ListAsync(new FeedbackFilter { From = at, To = at.AddMilliseconds(1) }, limit: 50)).Count);
        Assert.Empty(await ListAsync(new FeedbackFilter { From = at.AddTicks(1) }, limit: 50));
        Assert.Empty(await ListAsync(new FeedbackFilter { To = at }, limit: 50));
    }

    [Fact]
    public async Task OfDeployment_WhileTrafficIsSplit_CountsEachVersionWithTheSizesOfItsErrors()
    {
        world.Row = Size;
        await world.Serving.DeployAsync(ServingWorld.Regressor(), "run-1");
        string[] whole = await world.PredictAsync();
        await world.Serving.RegisterAsync(ServingWorld.Regressor(), "run-2");
        await world.SplitAsync(("v1", 50), ("v2", 50));
        List<string> ids = [];
        for (int call = 0; call < 20; call++)
        {
            ids.AddRange(await world.PredictAsync(key: $"user-{call}"));
        }

        await world.TellAsync([.. ids.Select(id => new FeedbackItem(id, FeedbackWorld.Json("0"))), new FeedbackItem(whole[0], FeedbackWorld.Json("0"))]);

        IReadOnlyDictionary<int, FeedbackCounts> counts = await world.Feedback.OfDeploymentAsync(TestStores.Tenant, "fruit", 2, default);
        Assert.Equal([1, 2], counts.Keys);
        Assert.Equal(20, counts.Values.Sum(each => each.Numbers));
        Assert.All(counts.Values, each => Assert.Equal(each.Numbers, each.Errors!.Total));
        Assert.Empty(await world.Feedback.OfDeploymentAsync(TestStores.Tenant, "fruit", 1, default));
        await world.TellAsync([.. ids.Select(id => new FeedbackItem(id, Rating: 3))]);
        Assert.All((await world.Feedback.OfDeploymentAsync(TestStores.Tenant, "fruit", 2, default)).Values, each => Assert.Equal((0, 0), (each.Numbers, each.Errors!.Total)));
    }

    private async Task<List<FeedbackRecord>> ListAsync(FeedbackFilter filter, int limit)
    {
        List<FeedbackRecord> all = [];
        string? continuation = null;
        do
        {
            ResultPage<FeedbackRecord> page = await world.Feedback.ListAsync(TestStores.Tenant, "fruit", filter, PageRequest.Create(limit, continuation), default);
            all.AddRange(page.Items);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return all;
    }
}
