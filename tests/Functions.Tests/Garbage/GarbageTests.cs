using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Functions.Http.Description;
using Trainyard.Functions.Tests.Description;
using Xunit.Abstractions;

namespace Trainyard.Functions.Tests.Garbage;

/// <summary>Whatever is sent to whatever endpoint, the answer is never a fault of ours, and every refusal is a problem document.</summary>
public sealed class GarbageTests(PlatformHost host, ITestOutputHelper output) : IClassFixture<PlatformHost>
{
    private const int Seed = 20251103;
    private const int RequestsPerEndpoint = 120;

    // The server's own, which any request may meet; the description has them as one.
    private static readonly string[] ServerCodes = ["request_malformed", "request_line_too_long", "request_headers_too_large", "route_value_invalid", "route_not_found", "method_not_allowed"];

    private static readonly JsonNode Description = JsonNode.Parse(new ApiDescription().Json.Span)!;

    // Tells a request that is never answered from one that a busy machine answers late.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMinutes(1);

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
        DescribedOperation described = DescribedOperation.All(Description)
            .Single(operation => operation.Path == "/" + route && operation.Method == (method == "HEAD" ? "GET" : method));
        for (int count = 0; count < RequestsPerEndpoint; count++)
        {
            using HttpRequestMessage request = garbage.Next(method, route);
            using CancellationTokenSource time = new(AnswerTime);
            using HttpResponseMessage response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
            AssertIsSecured(request, response);
            if (response.IsSuccessStatusCode)
            {
                continue;
            }

            string text = await response.Content.ReadAsStringAsync(time.Token);
            Assert.True((int)response.StatusCode < 500, $"request {count} of seed {Seed}: {method} {request.RequestUri} gave {(int)response.StatusCode} {text}");
            Assert.True(
                response.Content.Headers.ContentType?.MediaType == "application/problem+json",
                $"request {count} of seed {Seed}: {method} {request.RequestUri} gave {(int)response.StatusCode} without a problem: {text}");

            // The client folds a path of dots, which then asks something else.
            bool isFolded = request.RequestUri!.AbsolutePath.TrimEnd('/').Split('/').Length != route.Split('/').Length + 1;
            if (text.Length > 0 && !isFolded)
            {
                string code = JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()!;
                string status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
                Assert.True(
                    ServerCodes.Contains(code) || described.Codes(Description, status)?.Contains(code) == true,
                    $"{described.Id} may refuse with {status} {code}, which its description does not say: {method} {request.RequestUri}");
            }
        }
    }

    // Pages may run scripts of their own, and say so; nothing may be framed, or taken for something else.
    private static void AssertIsSecured(HttpRequestMessage request, HttpResponseMessage response)
    {
        string policy = string.Join(' ', response.Headers.TryGetValues("Content-Security-Policy", out IEnumerable<string>? policies) ? policies : []);
        string sniffing = string.Join(' ', response.Headers.TryGetValues("X-Content-Type-Options", out IEnumerable<string>? options) ? options : []);
        Assert.True(
            sniffing == "nosniff" && policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal) && policy.StartsWith("default-src 'none'", StringComparison.Ordinal),
            $"{request.Method} {request.RequestUri} gave {(int)response.StatusCode} with policy '{policy}' and '{sniffing}'.");
    }
}
