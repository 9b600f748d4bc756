using System.Collections.Concurrent;
using System.Net;
using Microsoft.ApplicationInsights.Channel;
using Microsoft.ApplicationInsights.DataContracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Tests.Storage;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>What Application Insights is sent, up to its channel.</summary>
public sealed class InsightsExportTests
{
    private const string TraceId = "5759e988bd862e3fe1be46a994272793";
    private const string ConnectionString = "InstrumentationKey=7c3f0f0e-65a1-4b5e-9f0a-0d6a1f0c2b11;IngestionEndpoint=http://127.0.0.1:9/;LiveEndpoint=http://127.0.0.1:9/";

    [Fact]
    public async Task Host_WithAConnectionString_SendsSpansAndLogLinesOfARequest()
    {
        KeptTelemetry kept = new();
        await AskAsync(kept);

        DependencyTelemetry span = Assert.Single(kept.Items.OfType<DependencyTelemetry>(), item => item.Name == "GetModel" && item.Context.Operation.Id == TraceId);
        Assert.Equal(("InProc", "default", true), (span.Type, span.Properties["trainyard.tenant"], span.Success));
        TraceTelemetry line = Assert.Single(kept.Items.OfType<TraceTelemetry>(), item => item.Context.Operation.Id == TraceId && item.Message.Contains("model_not_found", StringComparison.Ordinal));
        Assert.Equal((SeverityLevel.Verbose, span.Id), (line.SeverityLevel, line.Context.Operation.ParentId));
        Assert.Equal((TraceId, "default"), (line.Properties["CorrelationId"], line.Properties["Tenant"]));
    }

    [Fact]
    public async Task Host_WithAConnectionString_SendsNoSecretOfACaller()
    {
        const string Core = "0123456789abcdef";
        const string Secret = $"sk-canary{Core}";
        KeptTelemetry kept = new();
        await AskAsync(kept, $"api/v1/models/{Secret}?token={Secret}");

        Assert.NotEmpty(kept.Items);
        Assert.DoesNotContain(kept.Items, item => Texts(item).Any(text => text.Contains(Core, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "not a connection string")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "IngestionEndpoint=https://x/")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "Authorization=Basic")]
    public void Read_SettingsThatCannotBeMeant_AreNamed(string name, string value)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>(name, value)]).Build();

        Assert.Contains($"'{name}'", Assert.Throws<InvalidOperationException>(() => TelemetrySettings.ReadInsights(configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AsInfraSetsThem_KnowsTheIdentity()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            KeyValuePair.Create<string, string?>("APPLICATIONINSIGHTS_CONNECTION_STRING", ConnectionString),
            KeyValuePair.Create<string, string?>("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ClientId=11111111-2222-3333-4444-555555555555;Authorization=AAD"),
        ]).Build();

        Assert.Equal(new(ConnectionString, UsesIdentity: true, "11111111-2222-3333-4444-555555555555"), TelemetrySettings.ReadInsights(configuration));
    }

    private static async Task AskAsync(KeptTelemetry kept, string path = "api/v1/models/absent")
    {
        string folder = Directory.CreateTempSubdirectory("trainyard-insights-").FullName;
        LocalHostOptions options = new()
        {
            DataFolder = folder,
            Urls = ["http://127.0.0.1:0"],
            LogToConsole = false,
            LogLevel = LogLevel.Debug,
            Settings = await HostStorage.SettingsAsync(("APPLICATIONINSIGHTS_CONNECTION_STRING", ConnectionString)),
            ConfigureServices = services => services.AddSingleton<ITelemetryChannel>(kept),
        };
        await using (LocalHostApplication host = await LocalHostApplication.StartAsync(options, CancellationToken.None))
        {
            using HttpClient client = new() { BaseAddress = host.BaseAddress };
            using HttpRequestMessage request = new(HttpMethod.Get, path);
            request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");
            using HttpResponseMessage answer = await client.SendAsync(request);
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest, answer.StatusCode.ToString());
        }

        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<string> Texts(ITelemetry item)
    {
        IEnumerable<string?> own = item switch
        {
            DependencyTelemetry call => [call.Name, call.Data, call.Target],
            TraceTelemetry line => [line.Message],
            ExceptionTelemetry failure => [failure.Exception?.ToString(), failure.Message],
            RequestTelemetry request => [request.Name, request.Url?.ToString()],
            _ => [],
        };
        IEnumerable<string?> properties = item is ISupportProperties { Properties: { } all } ? all.Values : [];
        return own.Concat(properties).Append(item.Context.Operation.Name).OfType<string>();
    }

    /// <summary>Where telemetry leaves the process, if it did.</summary>
    private sealed class KeptTelemetry : ITelemetryChannel
    {
        private readonly ConcurrentQueue<ITelemetry> items = new();

        public IReadOnlyList<ITelemetry> Items => [.. items];

        public bool? DeveloperMode { get; set; }

        public string EndpointAddress { get; set; } = "";

        public void Send(ITelemetry item) => items.Enqueue(item);

        public void Flush()
        {
            // Nothing waits.
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
