using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>What callers send is theirs: no log, span, metric, refusal or audit entry shows a secret of it.</summary>
public sealed class CanaryTests(ITestOutputHelper output)
{
    private const int Seed = 20261121;

    /// <summary>Set to another number of requests, for a longer run.</summary>
    private const string RequestsVariable = "TRAINYARD_CANARY_REQUESTS";
    private const int DefaultRequests = 1_000;

    [Fact]
    public async Task Requests_HoldingSecretsEverywhere_LeaveThemNowhere()
    {
        int requests = int.Parse(Environment.GetEnvironmentVariable(RequestsVariable) ?? DefaultRequests.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        output.WriteLine($"seed {Seed}, {requests} requests");
        await using ObservedHost host = await ObservedHost.StartAsync();
        CanaryRequests canaries = new(Seed);
        List<string> refusals = [];
        for (int count = 0; count < requests; count++)
        {
            using HttpRequestMessage request = canaries.Next();
            using HttpResponseMessage answer = await host.Client.SendAsync(request);
            Assert.True((int)answer.StatusCode < 500, $"request {count} of seed {Seed}: {request.Method} {request.RequestUri} gave {answer.StatusCode}");
            string text = await answer.Content.ReadAsStringAsync();
            refusals.Add(answer.IsSuccessStatusCode ? answer.Headers.ToString() : answer.Headers + text);
        }

        string metrics = await host.Client.GetStringAsync("api/metrics");
        string audit = await ReadAuditAsync(host.Client);
        await host.StopAsync();

        Assert.True(refusals.Count(text => text.Contains("\"code\":", StringComparison.Ordinal)) > requests / 2, "Too few requests were refused for this to mean anything.");
        Assert.True(host.Logs.Lines.Count(line => line.Id == 1001) > requests / 4, "Too few refusals were logged for this to mean anything.");
        Assert.Contains(host.Collector.Spans, span => span.Name == "CreatePipeline");

        string logs = string.Join('\n', host.Logs.Lines.Select(line => line.Whole));
        string traces = Encoding.UTF8.GetString(host.Collector.Received("/v1/traces"));
        string sent = Encoding.UTF8.GetString(host.Collector.Received("/v1/metrics"));
        (string Name, string Text)[] places = [("logs", logs), ("traces", traces), ("metrics", metrics), ("metrics sent", sent), ("refusals", string.Join('\n', refusals)), ("audit log", audit)];
        foreach ((string name, string text) in places)
        {
            Assert.All([CanaryRequests.Known, CanaryRequests.Credential, .. canaries.Numbers], canary => AssertAbsent(name, text, canary));
            if (name is not "refusals" and not "audit log")
            {
                AssertAbsent(name, text, CanaryRequests.Word);
            }
        }
    }

    private static void AssertAbsent(string place, string text, string canary)
    {
        int index = text.IndexOf(canary, StringComparison.Ordinal);
        Assert.True(index < 0, $"The {place} hold '{canary}': …{(index < 0 ? "" : text[Math.Max(0, index - 200)..Math.Min(text.Length, index + 100)])}…");
    }

    private static async Task<string> ReadAuditAsync(HttpClient client)
    {
        StringBuilder pages = new();
        string? continuation = null;
        do
        {
            string page = await client.GetStringAsync($"api/v1/audit?limit=100{(continuation is null ? "" : $"&continuation={Uri.EscapeDataString(continuation)}")}");
            pages.Append(page);
            continuation = (string?)JsonNode.Parse(page)!["continuation"];
        }
        while (continuation is not null);

        Assert.Contains("CreatePipeline", pages.ToString(), StringComparison.Ordinal);
        return pages.ToString();
    }
}
