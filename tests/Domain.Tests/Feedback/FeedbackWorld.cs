using System.Text.Json;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Tests.Serving;

namespace Trainyard.Domain.Tests.Feedback;

/// <summary>A model that predicts, and what becomes of its predictions.</summary>
internal sealed class FeedbackWorld : IDisposable
{
    public FeedbackWorld() => Feedback = new FeedbackService(Serving.Documents, Serving.Registry, Serving.Stores.Clock);

    public ServingWorld Serving { get; } = new();

    public FeedbackService Feedback { get; }

    /// <summary>What is asked about; an apple for the classifier.</summary>
    public string Row { get; set; } = """{"size":1,"weight":1,"colour":"red"}""";

    public void Dispose() => Serving.Dispose();

    public async Task<string[]> PredictAsync(int rows = 1, string model = "fruit", string? key = null)
    {
        string body = $$"""{"instances":[{{string.Join(',', Enumerable.Repeat(Row, rows))}}]}""";
        JsonElement answer = await Serving.PredictAsync(body, model, key: key);
        return [.. answer.GetProperty("prediction_ids").EnumerateArray().Select(id => id.GetString()!)];
    }

    public async Task<IReadOnlyList<FeedbackReceipt>> TellAsync(params FeedbackItem[] items) =>
        (await Feedback.RecordAsync(TestStores.Tenant, "fruit", items, operationId: null, "tester", default)).Receipts;

    public async Task<FeedbackCounts> CountsAsync(string version) =>
        Assert.Single((await Feedback.SummaryAsync(TestStores.Tenant, "fruit", version, default)).Versions).Counts;

    public Task<Deployment> SplitAsync(params (string Version, double Percent)[] shares) => Serving.Traffic.SetAsync(
        TestStores.Tenant, "fruit", new TrafficChange { Shares = [.. shares.Select(share => new WantedShare(share.Version, share.Percent))] }, $"split-{Guid.NewGuid()}", new ChangeNote("tester"), default);

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
