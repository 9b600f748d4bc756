using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Trainyard.Functions.Tests.Storage;
using Trainyard.LocalHost.Hosting;
using Trainyard.Testing;

namespace Trainyard.Functions.Tests.Access;

/// <summary>The whole app as others reach it: with an operator's key, two tenants, and a clock that a test moves.</summary>
public sealed class SecuredHost : IAsyncLifetime
{
    internal const string OperatorKey = "operator-key-of-a-test-which-is-long-enough-to-be-one";

    private readonly string folder = Directory.CreateTempSubdirectory("trainyard-secured-").FullName;
    private LocalHostApplication? application;

    internal ManualTimeProvider Clock { get; } = new();

    internal HttpClient Client { get; private set; } = null!;

    /// <summary>A key of each tenant that may do everything there.</summary>
    internal string Alice { get; private set; } = "";

    internal string Bob { get; private set; } = "";

    public async Task InitializeAsync()
    {
        application = await LocalHostApplication.StartAsync(
            new LocalHostOptions
            {
                DataFolder = folder,
                Urls = ["http://0.0.0.0:0"],
                LogToConsole = false,
                LogLevel = LogLevel.None,
                TimeProvider = Clock,
                Settings = await HostStorage.SettingsAsync(
                    ("Trainyard:Access:OperatorKey", OperatorKey),
                    ("Trainyard:Limits:ReadPerSecond", "100000"),
                    ("Trainyard:Limits:WritePerSecond", "100000"),
                    ("Trainyard:Limits:UploadPerSecond", "100000"),
                    ("Trainyard:Limits:PredictPerSecond", "2")),
            },
            CancellationToken.None);
        Client = new HttpClient { BaseAddress = application.BaseAddress, Timeout = TimeSpan.FromSeconds(60) };
        Alice = await KeyAsync("alice", "admin");
        Bob = await KeyAsync("bob", "admin");
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await application!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Makes a key as the operator; gives its token.</summary>
    internal async Task<string> KeyAsync(string tenant, string scopes, string? expiresAt = null) =>
        (string)(await MakeKeyAsync(tenant, scopes, expiresAt))["token"]!;

    internal async Task<JsonNode> MakeKeyAsync(string tenant, string scopes, string? expiresAt = null)
    {
        JsonObject body = new()
        {
            ["name"] = $"{tenant} {scopes}", ["tenant"] = tenant, ["scopes"] = new JsonArray([.. scopes.Split(',').Select(scope => JsonValue.Create(scope))]), ["expires_at"] = expiresAt,
        };
        (HttpStatusCode status, JsonNode? answer) = await SendAsync(OperatorKey, HttpMethod.Post, "api/v1/keys", body.ToJsonString());
        Assert.True(status == HttpStatusCode.Created, $"{status} {answer}");
        return answer!;
    }

    internal async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(string? token, HttpMethod method, string path, string? json = null)
    {
        using HttpRequestMessage request = Request(token, method, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"));
        using HttpResponseMessage response = await Client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : JsonValue.Create(text));
    }

    internal static HttpRequestMessage Request(string? token, HttpMethod method, string path, HttpContent? content = null)
    {
        HttpRequestMessage request = new(method, new Uri(path, UriKind.Relative)) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }
}
