using OpenAI.Audio;
using OpenAI.Images;

namespace Trainyard.LocalHost.Tests.AzureOpenAI;

/// <summary>Images and transcriptions in the documented wire form; true of the package and of what stands in for it.</summary>
public sealed class MediaTests
{
    [Fact]
    public async Task Image_AnswerWithFilterResults_IsRead()
    {
        ModelService service = new(ModelService.Json("""
            {"created":1767603600,"data":[{"b64_json":"AQID","revised_prompt":"A red train.",
            "content_filter_results":{"hate":{"filtered":false,"severity":"safe"}},"prompt_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]}
            """));

        GeneratedImage image = await service.Client().GetImageClient("images")
            .GenerateImageAsync("A train", new ImageGenerationOptions { ResponseFormat = GeneratedImageFormat.Bytes, Size = GeneratedImageSize.W1024xH1024 });

        ModelRequest request = Assert.Single(service.Requests);
        Assert.EndsWith("/images/generations", request.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(("A train", "1024x1024"), (request.Json.GetProperty("prompt").GetString(), request.Json.GetProperty("size").GetString()));
        Assert.Equal([1, 2, 3], image.ImageBytes.ToArray());
        Assert.Equal("A red train.", image.RevisedPrompt);
    }

    [Fact]
    public async Task Transcription_OfARecording_IsItsText()
    {
        ModelService service = new(ModelService.Json("""{"text":"All aboard."}"""));
        using MemoryStream recording = new("RIFF"u8.ToArray());

        AudioTranscription transcription = await service.Client().GetAudioClient("ears").TranscribeAudioAsync(recording, "call.wav");

        ModelRequest request = Assert.Single(service.Requests);
        Assert.EndsWith("/audio/transcriptions", request.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("call.wav", request.Body, StringComparison.Ordinal);
        Assert.Contains("RIFF", request.Body, StringComparison.Ordinal);
        Assert.Equal("All aboard.", transcription.Text);
    }
}
