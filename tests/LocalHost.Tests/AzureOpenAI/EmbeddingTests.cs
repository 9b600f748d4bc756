using System.Runtime.InteropServices;
using OpenAI.Embeddings;

namespace Trainyard.LocalHost.Tests.AzureOpenAI;

/// <summary>Embeddings in the documented wire form; true of the package and of what stands in for it.</summary>
public sealed class EmbeddingTests
{
    [Fact]
    public async Task Embeddings_OfTexts_AreReadInTheirOrder()
    {
        ModelService service = new(ModelService.Json($$"""
            {"object":"list","model":"text-embedding-3-small","usage":{"prompt_tokens":6,"total_tokens":6},
            "data":[{"object":"embedding","index":0,"embedding":"{{Base64(0.5f, -1f)}}"},{"object":"embedding","index":1,"embedding":"{{Base64(0.25f, 2f)}}"}]}
            """));

        OpenAIEmbeddingCollection embeddings = await service.Client().GetEmbeddingClient("embed-small")
            .GenerateEmbeddingsAsync(["a train", "a yard"], new EmbeddingGenerationOptions { Dimensions = 2 });

        ModelRequest request = Assert.Single(service.Requests);
        Assert.EndsWith("/embeddings", request.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(("embed-small", 2), (request.Json.GetProperty("model").GetString(), request.Json.GetProperty("dimensions").GetInt32()));
        Assert.Equal(["a train", "a yard"], request.Json.GetProperty("input").EnumerateArray().Select(input => input.GetString()));
        Assert.Equal([0.5f, -1f], embeddings[0].ToFloats().ToArray());
        Assert.Equal([0.25f, 2f], embeddings[1].ToFloats().ToArray());
        Assert.Equal(6, embeddings.Usage.InputTokenCount);
    }

    private static string Base64(params float[] vector) => Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector));
}
