using Azure.AI.OpenAI;
using Azure.Identity;
using OpenAI.Embeddings;

namespace Trainyard.LocalHost.Tests.AzureOpenAI;

/// <summary>Calls with tokens of Entra ID; true of the package and of what stands in for it.</summary>
public sealed class TokenTests
{
    private const string Answer = """{"object":"list","model":"m","data":[],"usage":{"prompt_tokens":0,"total_tokens":0}}""";

    [Fact]
    public async Task Call_WithToken_BringsItAndNoKey()
    {
        ModelService service = new(ModelService.Json(Answer));
        CountingCredential credential = new(TimeSpan.FromHours(1));

        await service.Client(credential).GetEmbeddingClient("embed-small").GenerateEmbeddingsAsync(["a train"]);

        ModelRequest request = Assert.Single(service.Requests);
        Assert.Equal("Bearer secret-token-1", request.Headers["Authorization"]);
        Assert.DoesNotContain("api-key", request.Headers.Keys);
        Assert.Equal(["https://cognitiveservices.azure.com/.default"], credential.Scopes);
    }

    [Fact]
    public async Task Call_OfAnotherCloud_AsksForItsTokens()
    {
        ModelService service = new(ModelService.Json(Answer));
        CountingCredential credential = new(TimeSpan.FromHours(1));
        AzureOpenAIClientOptions options = service.Options();
        options.Audience = AzureOpenAIAudience.AzureGovernment;

        await new AzureOpenAIClient(ModelService.Endpoint, credential, options).GetEmbeddingClient("embed-small").GenerateEmbeddingsAsync(["a train"]);

        Assert.Equal(["https://cognitiveservices.azure.us/.default"], credential.Scopes);
    }

    [Theory]
    [InlineData(60, "1,1")]
    [InlineData(-1, "1,2")]
    public async Task Calls_Token_IsKeptWhileItIsValid(int minutesLeft, string tokens)
    {
        ModelService service = new(ModelService.Json(Answer), ModelService.Json(Answer));
        EmbeddingClient client = service.Client(new CountingCredential(TimeSpan.FromMinutes(minutesLeft))).GetEmbeddingClient("embed-small");

        await client.GenerateEmbeddingsAsync(["a train"]);
        await client.GenerateEmbeddingsAsync(["a train"]);

        Assert.Equal(tokens.Split(',').Select(number => $"Bearer secret-token-{number}"), service.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public async Task Call_CredentialsOfAzureIdentity_FitIn()
    {
        ModelService service = new(ModelService.Json(Answer));
        Assert.NotNull(service.Client(new DefaultAzureCredential()).GetChatClient("chat-small"));
        Assert.NotNull(service.Client(new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned)).GetChatClient("chat-small"));

        await service.Client(new ChainedTokenCredential(new CountingCredential(TimeSpan.FromHours(1)))).GetEmbeddingClient("embed-small").GenerateEmbeddingsAsync(["a train"]);

        Assert.Equal("Bearer secret-token-1", service.Requests[0].Headers["Authorization"]);
    }
}
