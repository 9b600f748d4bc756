using System.ClientModel;
using Azure.AI.OpenAI;
using Azure.Core;
using OpenAI.Audio;
using OpenAI.Chat;
using Trainyard.LocalHost.Tests.AzureOpenAI;

namespace Trainyard.LocalHost.Tests.Compat.AzureOpenAI;

/// <summary>Where the stand-in differs from the package: it speaks the v1 API, the package the dated one with deployments in the path.</summary>
public sealed class WireFormTests
{
    private const string Answer = """{"object":"list","model":"m","data":[],"usage":{"prompt_tokens":0,"total_tokens":0}}""";

    [Theory]
    [InlineData("https://yard.openai.azure.com")]
    [InlineData("https://yard.openai.azure.com/")]
    [InlineData("https://gateway.example/models/", "/models")]
    public async Task Call_OfADeployment_GoesToTheV1ApiBelowTheEndpoint(string endpoint, string prefix = "")
    {
        ModelService service = new(ModelService.Json(Answer));
        AzureOpenAIClient client = new(new Uri(endpoint), new ApiKeyCredential(ModelService.Key), service.Options());

        await client.GetEmbeddingClient("embed-small").GenerateEmbeddingsAsync(["a train"]);

        Assert.Equal($"{prefix}/openai/v1/embeddings", service.Requests[0].Address.PathAndQuery);
        Assert.Equal("embed-small", service.Requests[0].Json.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Chat_Limit_IsSentAsReasoningModelsTakeIt()
    {
        ModelService service = new(ModelService.Json("""{"id":"1","created":0,"model":"m","object":"chat.completion","choices":[{"index":0,"finish_reason":"length","message":{"role":"assistant","content":""}}]}"""));

        await service.Client().GetChatClient("chat-small").CompleteChatAsync([new UserChatMessage("…")], new ChatCompletionOptions { MaxOutputTokenCount = 7 });

        Assert.Equal("/openai/v1/chat/completions", service.Requests[0].Address.PathAndQuery);
        Assert.Equal(7, service.Requests[0].Json.GetProperty("max_completion_tokens").GetInt32());
        Assert.False(service.Requests[0].Json.TryGetProperty("max_tokens", out _));
    }

    [Fact]
    public async Task Media_AreAskedForInThePreview()
    {
        ModelService service = new(
            ModelService.Json("""{"created":0,"data":[{"b64_json":"AQID"}]}"""), ModelService.Json("""{"text":""}"""), ModelService.Json("bytes"));
        using MemoryStream recording = new([0]);

        await service.Client().GetImageClient("images").GenerateImageAsync("A train");
        await service.Client().GetAudioClient("ears").TranscribeAudioAsync(recording, "call.wav");
        await service.Client().GetAudioClient("voice").GenerateSpeechAsync("All aboard", GeneratedSpeechVoice.Alloy);

        Assert.Equal(
            ["/openai/v1/images/generations?api-version=preview", "/openai/v1/audio/transcriptions?api-version=preview", "/openai/v1/audio/speech?api-version=preview"],
            service.Requests.Select(request => request.Address.PathAndQuery));
        Assert.Equal("images", service.Requests[0].Json.GetProperty("model").GetString());
        Assert.Matches("name=\"?model\"?\\s+ears", service.Requests[1].Body);
        Assert.Equal("voice", service.Requests[2].Json.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Call_Repeated_AsksForThePreviewOnce()
    {
        ModelService service = new(
            ModelService.Error(System.Net.HttpStatusCode.TooManyRequests, "429", ("retry-after-ms", "0")), ModelService.Json("""{"created":0,"data":[{"b64_json":"AQID"}]}"""));

        await service.Client().GetImageClient("images").GenerateImageAsync("A train");

        Assert.All(service.Requests, request => Assert.Equal("?api-version=preview", request.Address.Query));
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task Call_ApplicationId_LeadsTheUserAgent()
    {
        ModelService service = new(ModelService.Json(Answer));
        AzureOpenAIClientOptions options = service.Options();
        options.UserAgentApplicationId = "yard";

        await new AzureOpenAIClient(ModelService.Endpoint, new ApiKeyCredential(ModelService.Key), options).GetEmbeddingClient("embed-small").GenerateEmbeddingsAsync(["a train"]);

        Assert.StartsWith("yard ", service.Requests[0].Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => options.UserAgentApplicationId = "late");
    }

    [Fact]
    public void Client_WithoutWhatItNeeds_IsNotMade()
    {
        Assert.Throws<ArgumentNullException>(() => new AzureOpenAIClient(null!, new ApiKeyCredential(ModelService.Key)));
        Assert.Throws<ArgumentNullException>(() => new AzureOpenAIClient(ModelService.Endpoint, (ApiKeyCredential)null!));
        Assert.Throws<ArgumentNullException>(() => new AzureOpenAIClient(ModelService.Endpoint, (TokenCredential)null!));
        Assert.Throws<NotSupportedException>(() => new AzureOpenAIClientOptions((AzureOpenAIClientOptions.ServiceVersion)99));
        Assert.Throws<ArgumentException>(() => new AzureOpenAIAudience(""));
    }

    // Every way to a client of the library either leads to the resource or is refused; a later library may bring new ones.
    [Fact]
    public void Client_EveryWayOfTheLibrary_IsOverridden()
    {
        IEnumerable<string> inherited = typeof(AzureOpenAIClient).GetMethods()
            .Where(method => method.IsVirtual && method.Name.StartsWith("Get", StringComparison.Ordinal) && method.DeclaringType == typeof(global::OpenAI.OpenAIClient))
            .Select(method => method.Name);

        Assert.Empty(inherited);
    }

    [Fact]
    public void Client_WhatAzureHasNot_IsRefused()
    {
        AzureOpenAIClient client = new ModelService().Client();

        Assert.Throws<NotSupportedException>(client.GetOpenAIModelClient);
        Assert.Throws<NotSupportedException>(() => client.GetModerationClient("m"));
    }
}
