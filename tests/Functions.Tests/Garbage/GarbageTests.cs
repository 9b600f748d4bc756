using Xunit.Abstractions;

namespace Trainyard.Functions.Tests.Garbage;

/// <summary>Whatever is sent to whatever endpoint, the answer is never a fault of ours, and every refusal is a problem document.</summary>
public sealed class GarbageTests(PlatformHost host, ITestOutputHelper output) : IClassFixture<PlatformHost>
{
    private const int Seed = 20251103;
    private const int RequestsPerEndpoint = 120;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    public static TheoryData<string, string> Endpoints()
    {
        TheoryData<string, string> data = [];
        foreach ((string method, string route) in HttpEndpoints.All)
        {
            data.Add(method, route);
        }

        return data;
    }

    [Fact]
    public void Endpoints_FoundByReflection_AreThere() => Assert.Contains(("POST", "api/v1/models/{id}/predict"), HttpEndpoints.All);

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Send_Garbage_IsNeverAFaultOfOurs(string method, string route)
    {
        output.WriteLine($"seed {Seed}");
        GarbageRequests garbage = new(Seed);
        for (int count = 0; count < RequestsPerEndpoint; count++)
        {
            using HttpRequestMessage request = garbage.Next(method, route);
            using CancellationTokenSource time = new(AnswerTime);
            using HttpResponseMessage response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
            if (response.IsSuccessStatusCode)
            {
                continue;
            }

            string text = await response.Content.ReadAsStringAsync(time.Token);
            Assert.True((int)response.StatusCode < 500, $"request {count} of seed {Seed}: {method} {request.RequestUri} gave {(int)response.StatusCode} {text}");
            Assert.True(
                response.Content.Headers.ContentType?.MediaType == "application/problem+json",
                $"request {count} of seed {Seed}: {method} {request.RequestUri} gave {(int)response.StatusCode} without a problem: {text}");
        }
    }
}
