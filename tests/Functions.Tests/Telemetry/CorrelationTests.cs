using System.Net;
using System.Text;
using System.Text.Json;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>One id finds a request in its answer, its problem, the log and the audit log.</summary>
public sealed class CorrelationTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Refusal_NamesItsCorrelationId()
    {
        using HttpResponseMessage answer = await host.Client.GetAsync("api/v1/models/absent");

        string id = answer.Headers.GetValues("X-Correlation-Id").Single();
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal(id, (await PlatformHost.ProblemAsync(answer)).GetProperty("trace_id").GetString());
    }

    [Fact]
    public async Task Answers_OfTwoRequests_HaveDifferentIds()
    {
        using HttpResponseMessage first = await host.Client.GetAsync("api/v1/datasets");
        using HttpResponseMessage second = await host.Client.GetAsync("health");

        Assert.NotEqual(first.Headers.GetValues("X-Correlation-Id").Single(), second.Headers.GetValues("X-Correlation-Id").Single());
    }

    [Fact]
    public async Task Change_WithATraceContext_IsAuditedUnderItsTraceId()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "api/v1/advanced-ai/mlops/pipelines") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-00");
        using HttpResponseMessage answer = await host.Client.SendAsync(request);

        Assert.Equal(TraceId, answer.Headers.GetValues("X-Correlation-Id").Single());
        JsonElement entries = (await host.GetAsync("api/v1/audit")).GetProperty("items");
        Assert.Contains(entries.EnumerateArray(), entry => entry.GetProperty("trace_id").GetString() == TraceId && entry.GetProperty("action").GetString() == "CreatePipeline");
    }

    [Theory]
    [InlineData("my-own-correlation-id")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-secret")]
    public async Task TraceContext_ThatIsNone_IsNotTakenUp(string header)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "api/v1/datasets");
        request.Headers.TryAddWithoutValidation("traceparent", header);
        using HttpResponseMessage answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string id = answer.Headers.GetValues("X-Correlation-Id").Single();
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.NotEqual(TraceId, id);
    }

    [Fact]
    public async Task LogLines_OfARequest_CarryItsIdAndItsTenant()
    {
        await using ObservedHost observed = await ObservedHost.StartAsync();
        using HttpResponseMessage answer = await observed.Client.GetAsync("api/v1/models/absent");
        string id = answer.Headers.GetValues("X-Correlation-Id").Single();
        await observed.StopAsync();

        KeptLine refused = Assert.Single(observed.Logs.Lines, line => line.Id == 1001 && line.Field("CorrelationId") == id);
        Assert.Equal(("default", "GetModel", "model_not_found"), (refused.Field("Tenant"), refused.Field("Function"), refused.Field("Code")));
    }
}
