using System.Runtime.CompilerServices;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.LocalHost.Tests.Hosting;

public sealed class SettingsFileTests : IDisposable
{
    private readonly string folder = TestHost.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void LocalSettings_Values_AreReadWithSectionsAndComments()
    {
        IReadOnlyDictionary<string, string?> settings = LocalSettings.Read(Write("""
            { // a comment
              "IsEncrypted": false,
              "Values": { "FUNCTIONS_WORKER_RUNTIME": "dotnet-isolated", "Trainyard__Limit": 5, },
            }
            """));

        Assert.Equal("dotnet-isolated", settings["functions_worker_runtime"]);
        Assert.Equal("5", settings["Trainyard:Limit"]);
    }

    [Fact]
    public void LocalSettings_OfTheSample_AreRead()
    {
        IReadOnlyDictionary<string, string?> settings = LocalSettings.Read(Path.Combine(FolderOfThisFile(), "..", "..", "..", "local.settings.sample.json"));

        Assert.Equal("UseDevelopmentStorage=true", settings["AzureWebJobsStorage"]);
        Assert.Equal("32", settings["Trainyard:Serving:MaxModels"]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"Values":[]}""")]
    public void LocalSettings_Malformed_NamesTheFile(string text)
    {
        string path = Write(text);

        LocalHostException exception = Assert.Throws<LocalHostException>(() => LocalSettings.Read(path));

        Assert.Equal("local_settings_invalid", exception.Code);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LocalSettings_Absent_IsEmpty() => Assert.Empty(LocalSettings.Read(Path.Combine(folder, "none.json")));

    [Fact]
    public void HostJson_Full_IsRead()
    {
        HostJson host = HostJson.Read(Write("""
            { "version": "2.0", "extensions": { "http": { "routePrefix": "" }, "queues": { "batchSize": 4, "maxDequeueCount": 2, "visibilityTimeout": "00:00:10" }, "durableTask": { "defaultVersion": "3" } } }
            """));

        Assert.Equal("", host.RoutePrefix);
        Assert.Equal(4, host.Queues.BatchSize);
        Assert.Equal(2, host.Queues.MaxDequeueCount);
        Assert.Equal(TimeSpan.FromSeconds(10), host.Queues.VisibilityTimeout);
        Assert.Equal("3", host.OrchestrationVersion);
    }

    [Fact]
    public void HostJson_SaysNothing_HasTheDefaultsOfTheFunctionsHost()
    {
        HostJson host = HostJson.Read(Write("""{ "version": "2.0" }"""));

        Assert.Equal("api", host.RoutePrefix);
        Assert.Equal(16, host.Queues.BatchSize);
        Assert.Equal(5, host.Queues.MaxDequeueCount);
        Assert.Equal("", host.OrchestrationVersion);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"extensions":{"http":{"routePrefix":7}}}""")]
    [InlineData("""{"extensions":{"durableTask":{"defaultVersion":1}}}""")]
    [InlineData("""{"extensions":{"queues":{"batchSize":0}}}""")]
    [InlineData("""{"extensions":{"queues":{"batchSize":33}}}""")]
    [InlineData("""{"extensions":{"queues":{"maxDequeueCount":"x"}}}""")]
    [InlineData("""{"extensions":{"queues":{"visibilityTimeout":"soon"}}}""")]
    public void HostJson_Malformed_NamesTheFile(string text)
    {
        string path = Write(text);

        LocalHostException exception = Assert.Throws<LocalHostException>(() => HostJson.Read(path));

        Assert.Equal("host_json_invalid", exception.Code);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    private static string FolderOfThisFile([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private string Write(string text)
    {
        string path = Path.Combine(folder, "settings.json");
        File.WriteAllText(path, text);
        return path;
    }
}
