using System.Text.Json;

namespace Trainyard.Architecture.Tests.Package.RealPackages;

/// <summary>What the worker's SDK writes for the Functions host is what the app declares. Built with the real packages only, which bring that SDK.</summary>
public sealed class MetadataTests(PublishedApp app) : IClassFixture<PublishedApp>
{
    [Fact]
    public void Metadata_NamesEveryFunctionWithItsTrigger()
    {
        using JsonDocument metadata = JsonDocument.Parse(File.ReadAllBytes(app.File("functions.metadata")));
        Assert.Equal(
            app.Functions.Select(function => (function.Name, function.Kind.ToUpperInvariant())).Order(),
            metadata.RootElement.EnumerateArray().Select(function => (function.GetProperty("name").GetString()!, Trigger(function).GetProperty("type").GetString()!.ToUpperInvariant())).Order());
    }

    [Fact]
    public void Metadata_HasTheRoutesAndMethodsOfEveryHttpFunction()
    {
        using JsonDocument metadata = JsonDocument.Parse(File.ReadAllBytes(app.File("functions.metadata")));
        Assert.Equal(
            app.Functions.Where(function => function.Kind == "HttpTrigger").Select(function => $"{function.Name} {function.Route} {string.Join(',', function.Endpoints.Select(endpoint => endpoint.Method).Order())}").Order(),
            metadata.RootElement.EnumerateArray().Select(function => (Name: function.GetProperty("name").GetString(), Trigger: Trigger(function)))
                .Where(function => function.Trigger.GetProperty("type").GetString() == "httpTrigger")
                .Select(function => $"{function.Name} {function.Trigger.GetProperty("route").GetString()} {string.Join(',', function.Trigger.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant()).Order())}")
                .Order());
    }

    [Fact]
    public void Worker_StartsThisApp()
    {
        using JsonDocument worker = JsonDocument.Parse(File.ReadAllBytes(app.File("worker.config.json")));
        Assert.Equal("Trainyard.Functions.dll", worker.RootElement.GetProperty("description").GetProperty("defaultWorkerPath").GetString());
    }

    [Fact]
    public void Files_OfTheStandIns_AreNotThere() =>
        Assert.Empty(Directory.GetFiles(app.Folder, "*Compat*", SearchOption.AllDirectories));

    private static JsonElement Trigger(JsonElement function) =>
        function.GetProperty("bindings").EnumerateArray().Single(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.Ordinal));
}
