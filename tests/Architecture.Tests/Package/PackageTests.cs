using System.Text.Json;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Xunit.Abstractions;

namespace Trainyard.Architecture.Tests.Package;

/// <summary>The folder that is deployed holds a whole app: what a Functions host looks for, and nothing that does not belong there.</summary>
public sealed partial class PackageTests(PublishedApp app, ITestOutputHelper output) : IClassFixture<PublishedApp>
{
    private const int MatchMilliseconds = 1000;

    private static readonly string[] Kinds = ["HttpTrigger", "TimerTrigger", "QueueTrigger", "OrchestrationTrigger", "ActivityTrigger"];

    [Fact]
    public void Functions_OfEveryKind_AreFound()
    {
        foreach (IGrouping<string, PublishedFunction> kind in app.Functions.GroupBy(function => function.Kind))
        {
            output.WriteLine($"{kind.Key}: {kind.Count()}");
        }

        Assert.Equal(Kinds.Order(), app.Functions.Select(function => function.Kind).Distinct().Order());
    }

    [Fact]
    public void Functions_Each_HaveOneTriggerAndAMethodThatAHostMayCall()
    {
        Assert.All(app.Functions, function =>
        {
            Assert.True(function.Triggers.Count == 1, $"{function.Name} has {function.Triggers.Count} triggers.");
            Assert.True(function.Method is { IsPublic: true, IsAbstract: false, HasGenericParameters: false }, $"{function.Name}: {function.Method.FullName}");
            Assert.True(function.Method.DeclaringType is { IsPublic: true, HasGenericParameters: false }, $"{function.Name}: {function.Method.DeclaringType.FullName}");
            Assert.Matches(HostName(), function.Name);
        });
    }

    [Fact]
    public void Names_AreUniqueWhateverTheirCase() =>
        Assert.Empty(app.Functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key));

    [Fact]
    public void Routes_AreUniqueWhateverTheirParametersAreCalled()
    {
        var twice = app.Functions
            .SelectMany(function => function.Endpoints)
            .GroupBy(endpoint => (endpoint.Method, Parameter().Replace(endpoint.Route, "{}").ToLowerInvariant()))
            .Where(same => same.Count() > 1);
        Assert.Empty(twice.Select(same => string.Join(" and ", same)));
    }

    [Fact]
    public void Routes_AreWrittenWhole()
    {
        using JsonDocument host = JsonDocument.Parse(File.ReadAllBytes(app.File("host.json")));
        Assert.Equal(string.Empty, host.RootElement.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.All(app.Functions.Where(function => function.Kind == "HttpTrigger"), function =>
        {
            Assert.False(function.Route.StartsWith('/'), $"{function.Name}: a route begins with no slash.");

            // Both belong to the host, which would answer in the function's place.
            Assert.DoesNotMatch("^(admin|runtime)(/|$)", function.Route);
        });
    }

    [Fact]
    public void Routes_AreThoseOfTheDescriptionAndNoOthers()
    {
        using JsonDocument description = JsonDocument.Parse(File.ReadAllBytes(Repository.Path("docs", "openapi.json")));
        HashSet<(string, string)> described =
        [
            .. from path in description.RootElement.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               where Verb().IsMatch(operation.Name)
               select (operation.Name.ToUpperInvariant(), path.Name),
        ];

        // HEAD is GET without the body, and is described by it.
        HashSet<(string Method, string Route)> routed = [.. app.Functions.SelectMany(function => function.Endpoints)];
        routed.RemoveWhere(endpoint => endpoint.Method == "HEAD" && routed.Contains(("GET", endpoint.Route)));
        output.WriteLine($"{routed.Count} operations");
        Assert.Empty(routed.Except(described));
        Assert.Empty(described.Except(routed));
    }

    [Fact]
    public void Assemblies_AllThatAreReferred_AreThereOrOfTheFramework()
    {
        HashSet<string> framework = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => path.Contains("Microsoft.NETCore.App", StringComparison.Ordinal) || path.Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path))];
        HashSet<string> there = [.. Directory.GetFiles(app.Folder, "*.dll").Select(path => Path.GetFileNameWithoutExtension(path)!)];
        List<string> missing = [];
        foreach (string own in there.Where(name => name.StartsWith("Trainyard.", StringComparison.Ordinal)))
        {
            using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(app.File(own + ".dll"));
            missing.AddRange(assembly.MainModule.AssemblyReferences.Select(reference => reference.Name).Where(name => !there.Contains(name) && !framework.Contains(name)).Select(name => $"{own} -> {name}"));
        }

        Assert.NotEmpty(framework);
        Assert.Empty(missing);
    }

    [Fact]
    public void Files_AreAllThatAHostNeedsAndNoneThatItDoesNot()
    {
        string[] files = [.. Directory.GetFiles(app.Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(app.Folder, path))];
        output.WriteLine($"{files.Length} files, {files.Sum(file => new FileInfo(app.File(file)).Length) / 1024.0 / 1024:0.0} MiB");
        Assert.Subset(files.ToHashSet(), new HashSet<string> { "host.json", "Trainyard.Functions.dll", "Trainyard.Functions.deps.json", "Trainyard.Functions.runtimeconfig.json" });

        // Settings hold secrets; the single-machine host and what tests are made of are not for Azure.
        Assert.DoesNotContain(files, file => Unwanted().IsMatch(file));
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,126}$", RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex HostName();

    [GeneratedRegex(@"\{\w+\}", RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Parameter();

    [GeneratedRegex("^(get|put|post|delete|patch|head|options|trace)$", RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Verb();

    [GeneratedRegex(@"local\.settings|appsettings|LocalHost|Sqlite|SQLitePCL|xunit|Tests|\.trainyard|\.env$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Unwanted();
}
