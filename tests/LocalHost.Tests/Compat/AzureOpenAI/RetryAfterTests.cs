using System.Net;
using Azure.AI.OpenAI;
using Azure.AI.OpenAI.Wire;
using Trainyard.LocalHost.Tests.AzureOpenAI;

namespace Trainyard.LocalHost.Tests.Compat.AzureOpenAI;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("x-ms-retry-after-ms", "250", 0.25)]
    [InlineData("Retry-After", "60", 60)]
    [InlineData("Retry-After", "1000000000", 86_400)]
    public async Task Pause_AsAsked_IsKept(string header, string value, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), await PauseAsync(header, value));
    }

    [Fact]
    public async Task Pause_UntilADate_EndsThen()
    {
        TimeSpan? pause = await PauseAsync("Retry-After", (TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)).ToString("R"));

        Assert.InRange(pause!.Value, TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(60));
    }

    [Theory]
    [InlineData("Retry-After", "soon")]
    [InlineData("Retry-After", "-5")]
    [InlineData("Retry-After", "Mon, 05 Jan 2026 09:00:00 GMT")]
    [InlineData("retry-after-ms", "NaN")]
    [InlineData("x-ms-retry-after-ms", "1e300")]
    [InlineData("Server", "none")]
    public async Task Pause_NotOrWronglyAsked_IsTheUsualOne(string header, string value)
    {
        TimeSpan? pause = await PauseAsync(header, value);

        Assert.InRange(pause!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2));
    }

    private static async Task<TimeSpan?> PauseAsync(string header, string value)
    {
        ModelService service = new(
            ModelService.Error(HttpStatusCode.TooManyRequests, "429", (header, value)),
            ModelService.Json("""{"object":"list","model":"m","data":[],"usage":{"prompt_tokens":0,"total_tokens":0}}"""));
        RecordedPauses pauses = new();
        AzureOpenAIClientOptions options = service.Options();
        options.RetryPolicy = pauses;
        AzureOpenAIClient client = new(ModelService.Endpoint, new System.ClientModel.ApiKeyCredential(ModelService.Key), options);

        await client.GetEmbeddingClient("embed-small").GenerateEmbeddingsAsync(["a train"]);

        Assert.Equal(2, service.Requests.Count);
        return pauses.Pause;
    }

    /// <summary>Takes down the pause instead of making it; none is asked for where it would be zero.</summary>
    private sealed class RecordedPauses : RetryAfterPolicy
    {
        public TimeSpan? Pause { get; private set; }

        protected override Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
        {
            Pause = time;
            return Task.CompletedTask;
        }
    }
}
