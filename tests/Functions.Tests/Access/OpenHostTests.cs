using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Trainyard.Functions.Tests.Storage;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Functions.Tests.Access;

/// <summary>A host that only its own machine reaches, before and after its first key.</summary>
public sealed class OpenHostTests
{
    [Theory]
    [InlineData("Host", "trainyard.example")]
    [InlineData("Host", "127.0.0.1.evil.example:7071")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Send_ThroughAPageInABrowser_IsRefused(string header, string value)
    {
        await using Loopback host = await Loopback.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "api/v1/datasets");
        request.Headers.TryAddWithoutValidation(header, value);
        using HttpResponseMessage response = await host.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.Forbidden, "origin_forbidden"), (response.StatusCode, (await PlatformHost.ProblemAsync(response)).GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("Host", "localhost:7071")]
    [InlineData("Host", "[::1]:7071")]
    [InlineData("Origin", "http://localhost:3000")]
    public async Task Send_FromThisMachine_IsLetIn(string header, string value)
    {
        await using Loopback host = await Loopback.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "api/v1/datasets");
        request.Headers.TryAddWithoutValidation(header, value);
        using HttpResponseMessage response = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task CreateKey_TheFirst_EndsTheOpenAccess()
    {
        await using Loopback host = await Loopback.StartAsync();
        using HttpResponseMessage refused = await MakeAsync(host, """{"name":"first","scopes":["read"]}""");
        Assert.Equal("first_key_not_admin", (await PlatformHost.ProblemAsync(refused)).GetProperty("code").GetString());
        using HttpResponseMessage made = await MakeAsync(host, """{"name":"first","scopes":["admin"]}""");
        string token = (await PlatformHost.JsonAsync(made)).GetProperty("token").GetString()!;
        Assert.True(made.Headers.CacheControl?.NoStore);

        using HttpResponseMessage without = await host.Client.GetAsync(new Uri("api/v1/datasets", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        host.Client.DefaultRequestHeaders.Add("x-api-key", token);
        using HttpResponseMessage with = await host.Client.GetAsync(new Uri("api/v1/datasets", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    public async Task Start_ReachedByOthersWithoutAWayToKnowThem_IsRefused(string url)
    {
        LocalHostException refused = await Assert.ThrowsAsync<LocalHostException>(() => Loopback.StartAsync(url));
        Assert.Equal("access_not_configured", refused.Code);
        Assert.Contains("Trainyard:Access:OperatorKey", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OperatorKeyThatIsTooShort_IsRefusedByName()
    {
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Loopback.StartAsync("http://0.0.0.0:0", "short"));
        Assert.Contains("Trainyard:Access:OperatorKey", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("short", refused.Message, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> MakeAsync(Loopback host, string json) =>
        host.Client.PostAsync(new Uri("api/v1/keys", UriKind.Relative), new StringContent(json, Encoding.UTF8, "application/json"));

    private sealed class Loopback : IAsyncDisposable
    {
        private readonly string folder;
        private readonly LocalHostApplication application;

        private Loopback(string folder, LocalHostApplication application)
        {
            (this.folder, this.application) = (folder, application);
            Client = new HttpClient { BaseAddress = application.BaseAddress };
        }

        public HttpClient Client { get; }

        public static async Task<Loopback> StartAsync(string url = "http://127.0.0.1:0", string? operatorKey = null)
        {
            string state = Directory.CreateTempSubdirectory("trainyard-open-").FullName;
            try
            {
                return new Loopback(state, await LocalHostApplication.StartAsync(
                    new LocalHostOptions
                    {
                        DataFolder = state,
                        Urls = [url],
                        LogToConsole = false,
                        LogLevel = LogLevel.None,
                        Settings = await HostStorage.SettingsAsync(("Trainyard:Access:OperatorKey", operatorKey)),
                    },
                    CancellationToken.None));
            }
            catch
            {
                Directory.Delete(state, recursive: true);
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await application.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
