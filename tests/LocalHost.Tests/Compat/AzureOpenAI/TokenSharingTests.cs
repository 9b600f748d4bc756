using Azure.AI.OpenAI;
using OpenAI.Embeddings;
using Trainyard.LocalHost.Tests.AzureOpenAI;

namespace Trainyard.LocalHost.Tests.Compat.AzureOpenAI;

/// <summary>Here one caller fetches a token for all; the package leaves that to the credential, which may keep tokens too.</summary>
public sealed class TokenSharingTests
{
    private const string Answer = """{"object":"list","model":"m","data":[],"usage":{"prompt_tokens":0,"total_tokens":0}}""";

    [Fact]
    public async Task Calls_AtTheSameTime_FetchOneToken()
    {
        const int Callers = 8;
        TaskCompletionSource issue = new(TaskCreationOptions.RunContinuationsAsynchronously);
        CountingCredential credential = new(TimeSpan.FromHours(1), issue.Task);
        ModelService service = new([.. Enumerable.Range(0, Callers).Select(_ => ModelService.Json(Answer))]);
        EmbeddingClient client = service.Client(credential).GetEmbeddingClient("embed-small");

        // A call runs up to its first wait, which is for the token, before the next begins; the token comes when all wait.
        Task[] calls = [.. Enumerable.Range(0, Callers).Select(_ => (Task)client.GenerateEmbeddingsAsync(["a train"]))];
        issue.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(1, credential.Issued);
        Assert.All(service.Requests, request => Assert.Equal("Bearer secret-token-1", request.Headers["Authorization"]));
    }

    [Fact]
    public async Task Call_WhoseCallerLeft_LeavesTheTokenToTheNext()
    {
        TaskCompletionSource issue = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ModelService service = new(ModelService.Json(Answer));
        EmbeddingClient client = service.Client(new CountingCredential(TimeSpan.FromHours(1), issue.Task)).GetEmbeddingClient("embed-small");
        using CancellationTokenSource leaving = new();

        Task left = client.GenerateEmbeddingsAsync(["a train"], cancellationToken: leaving.Token);
        Task stays = client.GenerateEmbeddingsAsync(["a train"]);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        issue.SetResult();
        await stays;

        Assert.Single(service.Requests);
    }

    // Which margin the package keeps, and whether it forgets, depends on its version.
    [Fact]
    public async Task Calls_TokenNearItsEnd_IsRenewedBefore()
    {
        ModelService service = new(ModelService.Json(Answer), ModelService.Json(Answer));
        EmbeddingClient client = service.Client(new CountingCredential(TimeSpan.FromMinutes(4))).GetEmbeddingClient("embed-small");

        await client.GenerateEmbeddingsAsync(["a train"]);
        await client.GenerateEmbeddingsAsync(["a train"]);

        Assert.Equal(["Bearer secret-token-1", "Bearer secret-token-2"], service.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public async Task Calls_TokenNotTaken_IsNotUsedAgain()
    {
        ModelService service = new(ModelService.Error(System.Net.HttpStatusCode.Unauthorized, "401"), ModelService.Json(Answer));
        EmbeddingClient client = service.Client(new CountingCredential(TimeSpan.FromHours(1))).GetEmbeddingClient("embed-small");

        await Assert.ThrowsAsync<System.ClientModel.ClientResultException>(() => client.GenerateEmbeddingsAsync(["a train"]));
        await client.GenerateEmbeddingsAsync(["a train"]);

        Assert.Equal(["Bearer secret-token-1", "Bearer secret-token-2"], service.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public async Task Call_WithoutTls_SendsNoToken()
    {
        ModelService service = new();
        CountingCredential credential = new(TimeSpan.FromHours(1));
        AzureOpenAIClient client = new(new Uri("http://yard.example"), credential, service.Options());

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetEmbeddingClient("embed-small").GenerateEmbeddingsAsync(["a train"]));

        Assert.Equal((0, 0), (credential.Issued, service.Requests.Count));
    }
}
