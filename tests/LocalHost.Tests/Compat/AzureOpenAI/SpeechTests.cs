using System.Net;
using OpenAI.Audio;
using Trainyard.LocalHost.Tests.AzureOpenAI;

namespace Trainyard.LocalHost.Tests.Compat.AzureOpenAI;

/// <summary>Speech in the documented wire form; what is not promised by the package's stable versions is not asked of them here.</summary>
public sealed class SpeechTests
{
    [Fact]
    public async Task Speech_OfAText_IsItsBytes()
    {
        HttpResponseMessage spoken = new(HttpStatusCode.OK) { Content = new ByteArrayContent([0xFF, 0xFB, 0x00]) };
        ModelService service = new(spoken);

        BinaryData speech = await service.Client().GetAudioClient("voice").GenerateSpeechAsync("All aboard", GeneratedSpeechVoice.Alloy);

        ModelRequest request = Assert.Single(service.Requests);
        Assert.EndsWith("/audio/speech", request.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(("All aboard", "alloy"), (request.Json.GetProperty("input").GetString(), request.Json.GetProperty("voice").GetString()));
        Assert.Equal([0xFF, 0xFB, 0x00], speech.ToArray());
    }
}
