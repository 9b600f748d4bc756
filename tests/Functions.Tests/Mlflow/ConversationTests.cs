using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.Mlflow;

/// <summary>
/// What MLflow's client sends for each call of its registry, and what it must find in the answer. Written down from the protocol
/// (mlflow/protos/model_registry.proto, mlflow/store/model_registry/rest_store.py); reads go by query, the rest by JSON.
/// </summary>
public sealed class ConversationTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    private const string Prefix = "api/2.0/mlflow/";

    [Fact]
    public async Task Conversation_AsTheClientHasIt_IsAnsweredAsItExpects()
    {
        await DeployedModel.RegisterAsync(host, "held", "run-1");
        JsonElement[] calls = [.. JsonDocument.Parse(File.ReadAllBytes(Recording())).RootElement.EnumerateArray()];
        foreach (JsonElement call in calls)
        {
            string name = call.GetProperty("call").GetString()!;
            using HttpRequestMessage request = Request(call);
            using HttpResponseMessage response = await host.Client.SendAsync(request);
            string text = await response.Content.ReadAsStringAsync();

            Assert.True(call.GetProperty("status").GetInt32() == (int)response.StatusCode, $"{name}: {(int)response.StatusCode} {text}");
            AssertWithin(call.GetProperty("answer"), JsonDocument.Parse(text).RootElement, $"{name}: {text}");
        }

        Assert.True(calls.Length > 40, "The recording is not whole.");
    }

    private static HttpRequestMessage Request(JsonElement call)
    {
        string[] send = call.GetProperty("send").GetString()!.Split(' ');
        HttpRequestMessage request = new(new HttpMethod(send[0]), Prefix + send[1]);
        if (call.TryGetProperty("body", out JsonElement body))
        {
            request.Content = new StringContent(body.GetRawText(), Encoding.UTF8, "application/json");
        }

        return request;
    }

    // Members that are not written down may be anything; a null must be absent; lists have the same length.
    private static void AssertWithin(JsonElement expected, JsonElement actual, string where)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in expected.EnumerateObject())
                {
                    bool isThere = actual.TryGetProperty(member.Name, out JsonElement value);
                    Assert.True(isThere == (member.Value.ValueKind != JsonValueKind.Null), $"{member.Name} in {where}");
                    if (isThere)
                    {
                        AssertWithin(member.Value, value, $"{member.Name} in {where}");
                    }
                }

                break;
            case JsonValueKind.Array:
                Assert.True(expected.GetArrayLength() == actual.GetArrayLength(), where);
                Assert.All(expected.EnumerateArray().Zip(actual.EnumerateArray()), pair => AssertWithin(pair.First, pair.Second, where));
                break;
            default:
                bool holds = expected.ValueKind == JsonValueKind.String && expected.GetString() is "<number>" ? actual.ValueKind == JsonValueKind.Number
                    : expected.ValueKind == JsonValueKind.String && expected.GetString() is "<text>" ? !string.IsNullOrEmpty(actual.GetString())
                    : expected.GetRawText() == actual.GetRawText();
                Assert.True(holds, $"{expected} instead of {actual}: {where}");
                break;
        }
    }

    private static string Recording([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "conversation.json");
}
