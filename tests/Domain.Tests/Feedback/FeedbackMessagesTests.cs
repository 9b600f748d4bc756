using Trainyard.Domain.Feedback;
using Trainyard.Domain.Tests.Serving;

namespace Trainyard.Domain.Tests.Feedback;

public sealed class FeedbackMessagesTests : IDisposable
{
    private readonly FeedbackWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Record_AMessageDeliveredAgainAfterALaterOne_LeavesThatStanding()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        string id = (await world.PredictAsync())[0];
        FeedbackMessages messages = new(world.Feedback);
        await messages.RecordAsync($$"""{"model":"fruit","feedback":[{"prediction_id":"{{id}}","actual":"apple"}]}""", "1", default);
        await messages.RecordAsync($$"""{"model":"fruit","message_id":"two","feedback":[{"prediction_id":"{{id}}","actual":"melon"}]}""", "2", default);

        await messages.RecordAsync($$"""{"model":"fruit","feedback":[{"prediction_id":"{{id}}","actual":"apple"}]}""", "1", default);
        await messages.RecordAsync($$"""{"model":"fruit","message_id":"1","feedback":[{"prediction_id":"{{id}}","actual":"apple"}]}""", "3", default);

        FeedbackCounts counts = await world.CountsAsync("v1");
        Assert.Equal((1, 0), (counts.Items, counts.Correct));
    }

    [Theory]
    [InlineData("", "json_empty")]
    [InlineData("nothing", "json_malformed")]
    [InlineData("{}", "field_missing")]
    [InlineData("""{"model":"fruit","feedback":[{}]}""", "field_missing")]
    [InlineData("""{"model":"fruit","feedback":[]}""", "feedback_missing")]
    [InlineData("""{"model":"fruit","feedback":[],"who":"me"}""", "field_unknown")]
    [InlineData("""{"model":"fruit","feedback":[],"tenant":"No Tenant"}""", "message_invalid")]
    [InlineData("""{"model":"fruit","feedback":[],"message_id":""}""", "message_invalid")]
    [InlineData("""{"model":"fruit","feedback":[],"tenant":"other"}""", "model_not_found")]
    [InlineData("""{"model":"fruit","feedback":[{"prediction_id":"pred_123","actual":true}]}""", "prediction_unknown")]
    public async Task Record_AMessageThatCannotBeUsed_IsRefused(string message, string code)
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");

        Assert.Equal(code, (await TestStores.RefusedAsync(() => new FeedbackMessages(world.Feedback).RecordAsync(message, "1", default))).Code);
    }
}
