using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Trainyard.Functions.Tests.Storage;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Functions.Tests;

/// <summary>The whole app on a free port and a folder of its own. Shared by the tests of a class, which use names of their own.</summary>
public class PlatformHost : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("trainyard-functions-").FullName;
    private LocalHostApplication? application;

    internal IServiceProvider Services => application!.Services;

    internal Uri BaseAddress => application!.BaseAddress;

    internal HttpClient Client { get; private set; } = null!;

    internal string Folder => folder;

    /// <summary>Its clock.</summary>
    private protected virtual TimeProvider Time => TimeProvider.System;

    /// <summary>What is set beside the defaults.</summary>
    private protected virtual (string Name, string? Value)[] Settings => [];

    public async Task InitializeAsync()
    {
        application = await LocalHostApplication.StartAsync(
            new LocalHostOptions { DataFolder = folder, Urls = ["http://127.0.0.1:0"], LogToConsole = false, LogLevel = LogLevel.None, TimeProvider = Time, Settings = await HostStorage.SettingsAsync(Settings) },
            CancellationToken.None);
        // Garbage goes out as it is; a client that tidied it up would test itself.
        SocketsHttpHandler handler = new() { RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8 };
        Client = new HttpClient(handler) { BaseAddress = application.BaseAddress, Timeout = TimeSpan.FromSeconds(60) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await application!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    internal Task<HttpResponseMessage> UploadAsync(string name, string csv) => UploadAsync(name, new StringContent(csv, Encoding.UTF8, "text/csv"));

    internal Task<HttpResponseMessage> UploadAsync(string name, HttpContent content) =>
        Client.PostAsync(new Uri($"api/v1/datasets?name={Uri.EscapeDataString(name)}", UriKind.Relative), content);

    internal Task<HttpResponseMessage> PostAsync(string path, string json, string? idempotencyKey = null)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return Client.SendAsync(request);
    }

    internal Task<HttpResponseMessage> PutAsync(string path, string json) =>
        Client.PutAsync(new Uri(path, UriKind.Relative), new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")));

    internal Task<HttpResponseMessage> DeleteAsync(string path) => Client.DeleteAsync(new Uri(path, UriKind.Relative));

    internal async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await JsonAsync(response);
    }

    internal static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;

    /// <summary>Asserts that the answer is a whole problem document and gives it.</summary>
    internal static async Task<JsonElement> ProblemAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True("application/problem+json" == response.Content.Headers.ContentType?.MediaType, $"{(int)response.StatusCode} {text}");
        JsonElement problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.Equal("urn:trainyard:problem:" + problem.GetProperty("code").GetString(), problem.GetProperty("type").GetString());
        Assert.All(["title", "detail", "instance"], member => Assert.False(string.IsNullOrEmpty(problem.GetProperty(member).GetString())));
        Assert.All(problem.EnumerateObject(), member => Assert.DoesNotContain(member.Name, char.IsUpper));
        return problem;
    }
}
