using Trainyard.Domain.Feedback;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Tests.Feedback;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Domain.Traffic.AbTests;

namespace Trainyard.Domain.Tests.Traffic.AbTests;

/// <summary>A model with two versions, the first in production, and tests between them.</summary>
internal sealed class AbTestWorld : IDisposable
{
    private int asked;

    public AbTestWorld() => Tests = Over(Feedback.Serving.Documents);

    public FeedbackWorld Feedback { get; } = new();

    public ServingWorld Serving => Feedback.Serving;

    public AbTestService Tests { get; }

    public static AbMetric Correct { get; } = new() { Kind = AbMetricKind.Correct };

    public void Dispose() => Feedback.Dispose();

    public AbTestService Over(Trainyard.Domain.Ports.IDocumentStore documents) => new(
        documents,
        Serving.Registry,
        new Trainyard.Domain.Registry.Traffic.ModelTraffic(documents, Serving.Stores.Ids, Serving.Stores.Clock, new()),
        Serving.Book,
        Serving.Exposures,
        Feedback.Feedback,
        Serving.Alerts,
        Serving.Stores.Clock);

    /// <summary>Counts what variants did, by a clock of its own.</summary>
    public AbTestReader ReaderBy(TimeProvider clock) => new(Serving.Registry, Serving.Book, Serving.Exposures, Feedback.Feedback, clock);

    public static AbTestRequest Request(AbMetric metric) => new()
    {
        Name = "second-try",
        Variants = [new("control", "v1", 50), new("challenger", "v2", 50)],
        Metric = metric,
    };

    public async Task VersionsAsync()
    {
        await Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        await Serving.RegisterAsync(ServingWorld.Classifier(), "run-2");
    }

    public Task<AbTest> StartAsync(AbTestRequest request) =>
        Tests.StartAsync(TestStores.Tenant, "fruit", request, $"test-{++asked}", new ChangeNote("tester"), default);

    /// <summary>The test after a look that finds all there is.</summary>
    public Task<AbTest> LookAsync(AbTest test)
    {
        Serving.Stores.Clock.Advance(TimeSpan.FromSeconds(20));
        return Tests.GetAsync(TestStores.Tenant, "fruit", test.Id, default);
    }

    /// <summary>Predictions of so many units, with the version that made each.</summary>
    public async Task<List<(string Id, int Sequence)>> ExposeAsync(int units, int from = 0)
    {
        List<(string, int)> ids = [];
        for (int unit = from; unit < from + units; unit++)
        {
            string id = (await Feedback.PredictAsync(key: $"user-{unit}"))[0];
            Assert.True(Trainyard.Domain.Serving.Ids.PredictionId.TryParse(id, out Trainyard.Domain.Serving.Ids.PredictionId parts));
            ids.Add((id, parts.Sequence));
        }

        return ids;
    }

    public async Task TellAsync(IEnumerable<FeedbackItem> items)
    {
        foreach (FeedbackItem[] some in items.Chunk(FeedbackItem.MaxItems))
        {
            await Feedback.TellAsync(some);
        }
    }
}
