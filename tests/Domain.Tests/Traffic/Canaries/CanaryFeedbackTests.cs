using System.Text.Json;
using Trainyard.Domain.Evidence;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Serving.Ids;
using Trainyard.Domain.Tests.Feedback;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Domain.Traffic.Counting;
using Trainyard.Domain.Traffic.Plans;

namespace Trainyard.Domain.Tests.Traffic.Canaries;

public sealed class CanaryFeedbackTests : IDisposable
{
    private readonly FeedbackWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public void Examine_OfFewerRightPredictions_ProvesTheDecrease()
    {
        CanaryEvidence evidence = Examine(Right(900, 1000), Right(600, 1000), errorBound: null);

        Assert.Equal((1000, 600, 1000, 900), (evidence.Judged, evidence.Correct, evidence.BaselineJudged, evidence.BaselineCorrect));
        Assert.InRange(evidence.CorrectDecrease, 0.15, 0.3);
        Assert.Contains("right, by feedback", CanaryJudge.Harm(evidence, new CanaryLimits()), StringComparison.Ordinal);
        Assert.Null(CanaryJudge.Harm(evidence, new CanaryLimits(MaxCorrectDecrease: 0.5)));
    }

    [Fact]
    public void Examine_OfFeedbackOnOneVersionAlone_ProvesNothing()
    {
        Assert.Equal(0, Examine(new FeedbackCounts(), Right(0, 1000), errorBound: null).CorrectDecrease);
        Assert.Equal(0, Examine(Right(1000, 1000), new FeedbackCounts(), errorBound: 10).OutcomeErrorIncrease);
    }

    [Fact]
    public void Examine_OfGreaterErrors_ProvesTheIncreaseOnceThereIsABound()
    {
        CanaryEvidence evidence = Examine(Wrong(1, 2000), Wrong(6, 2000), errorBound: 10);

        Assert.Equal((2000, 2000), (evidence.Measured, evidence.BaselineMeasured));
        Assert.InRange(evidence.OutcomeErrorIncrease, 0.35, 0.5);
        Assert.Contains("wrong, by feedback", CanaryJudge.Harm(evidence, new CanaryLimits()), StringComparison.Ordinal);
        Assert.Equal(0, Examine(Wrong(6, 2000), Wrong(1, 2000), errorBound: 10).OutcomeErrorIncrease);
        Assert.Equal(0, Examine(Wrong(1, 2000), Wrong(6, 2000), errorBound: null).OutcomeErrorIncrease);
    }

    [Fact]
    public void BoundedBy_OfErrors_EnclosesTheirMean()
    {
        NumberCounts errors = new();
        double[] sizes = [0, 0.25, 3, 7.5, 20, 1e9];
        foreach (double size in sizes)
        {
            errors.Add(size);
        }

        double sum = sizes.Sum(size => Math.Min(size / 10, 1));
        Assert.InRange(sum, errors.BoundedBy(10, roundsUp: false).Sum, errors.BoundedBy(10, roundsUp: true).Sum);
        Assert.Equal(sum, errors.BoundedBy(10, roundsUp: false).Sum, 0.01);
        Assert.Equal(sum, errors.BoundedBy(10, roundsUp: true).Sum, 0.01);
    }

    [Fact]
    public async Task Canary_WhosePredictionsFeedbackFindsWrong_IsRolledBack()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        await world.Serving.RegisterAsync(ServingWorld.Classifier(), "run-2");
        CanaryService canaries = new(
            world.Serving.Documents, world.Serving.Registry, world.Serving.Traffic, world.Serving.Book, world.Feedback, world.Serving.Alerts, world.Serving.Stores.Clock);
        CanaryRequest request = new() { Steps = [50, 100], StepTime = TimeSpan.FromMinutes(10), Limits = new CanaryLimits(MinCalls: 1) };
        Canary begun = await canaries.StartAsync(TestStores.Tenant, "fruit", "v2", request, allowsOtherSchema: false, "canary-1", new ChangeNote("ada"), new IdleOrchestrations(), default);
        List<FeedbackItem> items = [];
        for (int call = 0; call < 200; call++)
        {
            string id = (await world.PredictAsync())[0];
            Assert.True(PredictionId.TryParse(id, out PredictionId parts));
            items.Add(new FeedbackItem(id, Correct: parts.Sequence == 1));
        }

        await world.TellAsync([.. items]);
        world.Serving.Stores.Clock.Advance(TimeSpan.FromMinutes(1));
        await canaries.LookAsync(new TrafficPlanKey(TestStores.Tenant.Value, "fruit", begun.Id), default);

        (Canary over, _) = await canaries.GetAsync(TestStores.Tenant, "fruit", default);
        CanaryEvidence evidence = over.Decisions[^1].Evidence!;
        Assert.Equal((CanaryState.RolledBack, "roll_back"), (over.State, over.Decisions[^1].Action));
        Assert.Equal((200, 0, evidence.BaselineJudged), (evidence.Judged + evidence.BaselineJudged, evidence.Correct, evidence.BaselineCorrect));
        Assert.True(evidence.CorrectDecrease > 0.05);
        Assert.Equal((1, false), ((await HeadAsync()).DeployedSequence, (await HeadAsync()).Traffic.IsSplit));
    }

    [Fact]
    public void Canary_StoredBeforeThereWasFeedback_IsReadWithTheDefaults()
    {
        const string Stored = """
            {"id":"c","model_name":"fruit","version":2,"baseline":1,"steps":[1,100],"step_time":"00:10:00","by":"ada","created_at":"2026-01-01T00:00:00+00:00","deployment":2,
             "limits":{"min_calls":7,"max_error_increase":0.02,"max_slow_increase":0.1,"max_output_shift":0.2,"alpha":0.05},
             "decisions":[{"at":"2026-01-01T00:00:00+00:00","percent":1,"action":"advance","reason":"none","by":"canary","evidence":
              {"calls":5,"failures":1,"baseline_calls":9,"baseline_failures":0,"error_increase":0,"slow_increase":0,"slower_than_ms":null,"output_shift":0,"psi":0.1}}]}
            """;

        Canary canary = JsonSerializer.Deserialize(Stored, CanaryJson.Default.Canary)!;

        Assert.Equal(new CanaryLimits(MinCalls: 7, MaxErrorIncrease: 0.02), canary.Limits);
        Assert.Equal((0.05, 0.1, null), (canary.Limits.MaxCorrectDecrease, canary.Limits.MaxOutcomeErrorIncrease, canary.Limits.OutcomeErrorBound));
        Assert.Equal((5, 0, 0.0), (canary.Decisions[0].Evidence!.Calls, canary.Decisions[0].Evidence!.Judged, canary.Decisions[0].Evidence!.CorrectDecrease));
    }

    private static CanaryEvidence Examine(FeedbackCounts baseline, FeedbackCounts canary, double? errorBound) =>
        CanaryJudge.Examine(new VersionCounts(), new VersionCounts(), 0.05, (baseline, canary), errorBound);

    private static FeedbackCounts Right(long correct, long judged) => new() { Items = judged, Judged = judged, Correct = correct };

    private static FeedbackCounts Wrong(double by, int count)
    {
        NumberCounts errors = new();
        errors.Add(by, count);
        return new FeedbackCounts { Items = count, Numbers = count, Errors = errors };
    }

    private Task<RegisteredModel> HeadAsync() => world.Serving.Registry.GetHeadAsync(TestStores.Tenant, "fruit", default);
}
