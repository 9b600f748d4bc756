using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Tests.Storage;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Functions.Tests.Access;

/// <summary>Pages of other origins, by configuration.</summary>
public sealed class CrossOriginTests
{
    private const string OperatorKey = "operator-key-of-a-test-which-is-long-enough-to-be-one";
    private const string App = "https://app.example";

    [Fact]
    public async Task Preflight_OfAnAllowedOrigin_IsAnsweredBeforeAuthentication()
    {
        await using Origins host = await Origins.StartAsync($"{App}, https://admin.example:8443");

        using HttpResponseMessage response = await host.PreflightAsync(App, "POST", "api/v1/keys", "content-type,x-api-key,idempotency-key");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(App, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("POST", Joined(response, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("x-api-key", Joined(response, "Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.Equal("600", Joined(response, "Access-Control-Max-Age"));
        Assert.Contains("Origin", Joined(response, "Vary"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("http://app.example")]
    [InlineData("https://app.example:8443")]
    [InlineData("null")]
    public async Task AnyRequest_OfAnotherOrigin_IsNotAllowed(string origin)
    {
        await using Origins host = await Origins.StartAsync(App);

        using HttpResponseMessage preflight = await host.PreflightAsync(origin, "POST", "api/v1/keys", "content-type");
        using HttpResponseMessage request = await host.SendAsync(origin, OperatorKey, "api/v1/models");

        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(request.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Contains("Origin", Joined(request, "Vary"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/v1/models", OperatorKey, HttpStatusCode.OK)]
    // It stands open to its own machine; that it lists an origin lets nobody in without a key.
    [InlineData("api/v1/models", null, HttpStatusCode.Forbidden)]
    [InlineData("api/v1/models/none", OperatorKey, HttpStatusCode.NotFound)]
    [InlineData("no/such/route", OperatorKey, HttpStatusCode.NotFound)]
    public async Task Answer_ToAnAllowedOrigin_IsReadable_RefusalsIncluded(string path, string? key, HttpStatusCode status)
    {
        await using Origins host = await Origins.StartAsync(App);

        using HttpResponseMessage response = await host.SendAsync(App, key, path);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(App, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("Retry-After", Joined(response, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Contains("Origin", Joined(response, "Vary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_WithoutTheSetting_AllowsNoOrigin()
    {
        await using Origins host = await Origins.StartAsync(origins: null);

        using HttpResponseMessage preflight = await host.PreflightAsync(App, "GET", "api/v1/models", "x-api-key");
        using HttpResponseMessage request = await host.SendAsync(App, OperatorKey, "api/v1/models");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, preflight.StatusCode);
        Assert.Equal(HttpStatusCode.OK, request.StatusCode);
        Assert.False(request.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Host_WithCredentials_SaysSoToThoseOriginsAlone()
    {
        await using Origins host = await Origins.StartAsync(App, credentials: true);

        using HttpResponseMessage allowed = await host.PreflightAsync(App, "GET", "api/v1/models", "x-api-key");
        using HttpResponseMessage other = await host.PreflightAsync("https://evil.example", "GET", "api/v1/models", "x-api-key");

        Assert.Equal("true", Joined(allowed, "Access-Control-Allow-Credentials"));
        Assert.False(other.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("*", "true")]
    [InlineData("*,https://app.example", "false")]
    [InlineData("app.example", "false")]
    [InlineData("https://app.example/", "false")]
    [InlineData("https://app.example/page", "false")]
    [InlineData("https://App.example", "false")]
    [InlineData("https://app.example:443", "false")]
    [InlineData("https://*.example", "false")]
    [InlineData("ftp://app.example", "false")]
    [InlineData("https://user@app.example", "false")]
    [InlineData("https://app.example", "perhaps")]
    public void Read_SettingsThatCannotBeMeant_AreNamed(string origins, string credentials)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Trainyard:Cors:Origins"] = origins, ["Trainyard:Cors:AllowCredentials"] = credentials })
            .Build();

        Assert.Contains("'Trainyard:Cors:", Assert.Throws<InvalidOperationException>(() => CrossOriginSettings.Read(configuration)).Message, StringComparison.Ordinal);
    }

    private static string Joined(HttpResponseMessage response, string header) => string.Join(',', response.Headers.GetValues(header));

    private sealed class Origins(LocalHostApplication application, string folder) : IAsyncDisposable
    {
        private readonly HttpClient client = new() { BaseAddress = application.BaseAddress };

        public static async Task<Origins> StartAsync(string? origins, bool credentials = false)
        {
            string folder = Directory.CreateTempSubdirectory("trainyard-origins-").FullName;
            LocalHostOptions options = new()
            {
                DataFolder = folder,
                Urls = ["http://127.0.0.1:0"],
                LogToConsole = false,
                LogLevel = LogLevel.None,
                Settings = await HostStorage.SettingsAsync(
                    ("Trainyard:Access:OperatorKey", OperatorKey), ("Trainyard:Cors:Origins", origins), ("Trainyard:Cors:AllowCredentials", credentials ? "true" : null)),
            };
            return new Origins(await LocalHostApplication.StartAsync(options, CancellationToken.None), folder);
        }

        public Task<HttpResponseMessage> PreflightAsync(string origin, string method, string path, string headers)
        {
            HttpRequestMessage request = new(HttpMethod.Options, path);
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", method);
            request.Headers.Add("Access-Control-Request-Headers", headers);
            return client.SendAsync(request);
        }

        public Task<HttpResponseMessage> SendAsync(string origin, string? key, string path)
        {
            HttpRequestMessage request = new(HttpMethod.Get, path);
            request.Headers.Add("Origin", origin);
            if (key is not null)
            {
                request.Headers.Add("x-api-key", key);
            }

            return client.SendAsync(request);
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await application.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
