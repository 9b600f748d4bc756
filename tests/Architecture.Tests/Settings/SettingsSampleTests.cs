using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Storage;

namespace Trainyard.Architecture.Tests.Settings;

/// <summary>Holds local.settings.sample.json to the code: it names every setting that is read, and no other, with its default.</summary>
public partial class SettingsSampleTests
{
    // Read by the Functions host.
    private static readonly string[] OfTheFunctionsHost = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsDisableHomepage"];

    // What makes the code look at settings that it otherwise passes over.
    private static readonly RecordingConfiguration[] Installations =
    [
        new(),
        new(("Trainyard:Access:Issuer", "https://login.example/"), ("Trainyard:Access:Audience", "api://trainyard")),
        new(("AzureWebJobsStorage:accountName", "account"), ("AzureWebJobsStorage:credential", "managedidentity")),
    ];

    [Fact]
    public void Sample_NamesWhatTheAppReads()
    {
        Assert.Empty(AskedByTheApp().Except(SampleSettings.Values.Keys, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Sample_NamesWhatIsWrittenOutInTheCode()
    {
        // Also what is read after the start, or by the local host alone.
        string[] written = [.. WrittenOut("Functions"), .. WrittenOut("LocalHost")];
        Assert.Contains("Trainyard__Datasets__FileRoots", written);
        Assert.Empty(written.Except(SampleSettings.Values.Keys, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Sample_NamesNothingThatNobodyReads()
    {
        IEnumerable<string> read = [.. AskedByTheApp(), .. WrittenOut("LocalHost"), .. OfTheFunctionsHost];
        Assert.Empty(SampleSettings.Values.Keys.Except(read, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Sample_TakenAsItIs_ChangesNothing()
    {
        Assert.Equal(Options(new ConfigurationBuilder().Build()), Options(Sample()));
    }

    [Fact]
    public void Configuration_IsAskedInFewPlaces()
    {
        // Else a setting could be read past the two ways by which these tests find them.
        string[] known =
        [
            "Trainyard.Functions.Configuration.Settings", "Trainyard.Functions.Storage.AzureStorageSettings",
            "Trainyard.LocalHost.Hosting.LocalHostBuilder", "Trainyard.LocalHost.Discovery.SettingExpression",
        ];
        Assert.Equal(known.Order(StringComparer.Ordinal), Askers("Functions").Concat(Askers("LocalHost")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static HashSet<string> AskedByTheApp()
    {
        HashSet<string> asked = new(StringComparer.OrdinalIgnoreCase);
        foreach (RecordingConfiguration installation in Installations)
        {
            new ServiceCollection().AddTrainyard(installation);
            AzureStorage.IsConfigured(installation);
            asked.UnionWith(installation.Asked);
        }

        return asked;
    }

    private static IConfiguration Sample() => new ConfigurationBuilder()
        .AddInMemoryCollection(SampleSettings.Values.Select(each =>
            KeyValuePair.Create<string, string?>(each.Key.Replace("__", ":", StringComparison.Ordinal), each.Value)))
        .Build();

    // The options that are registered as what they are, in JSON.
    private static string[] Options(IConfiguration configuration) =>
    [
        .. new ServiceCollection().AddTrainyard(configuration)
            .Where(each => each.ServiceType.Name.EndsWith("Options", StringComparison.Ordinal) && each is { IsKeyedService: false, ImplementationInstance: not null })
            .Select(each => $"{each.ServiceType.Name} {JsonSerializer.Serialize(each.ImplementationInstance, each.ServiceType)}")
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> WrittenOut(string project) => Instructions(project)
        .Select(each => each.Instruction.Operand as string)
        .Where(text => text is not null && SettingName().IsMatch(text))
        .Select(text => text!.Replace(":", "__", StringComparison.Ordinal))
        .Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Askers(string project) => Instructions(project)
        .Where(each => each.Instruction.Operand is MethodReference called && IsQuestion(called))
        .Select(each => Outermost(each.Type).FullName);

    private static bool IsQuestion(MethodReference called) =>
        called.DeclaringType.FullName is "System.Environment" && called.Name is "GetEnvironmentVariable" or "GetEnvironmentVariables"
        || called.DeclaringType.Namespace is "Microsoft.Extensions.Configuration"
            && (called.Name is "get_Item" or "GetSection" or "GetRequiredSection" or "GetValue" or "GetConnectionString" or "Bind" or "Get");

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    private static IReadOnlyList<(TypeDefinition Type, Instruction Instruction)> Instructions(string project)
    {
        using AssemblyDefinition assembly = House.Open(project);
        return
        [
            .. assembly.MainModule.GetTypes()
                .SelectMany(type => type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions.Select(each => (type, each)))),
        ];
    }

    // Sections end with a colon; the parts of a name that is put together while the app runs are recorded instead.
    [GeneratedRegex(@"^(Trainyard(:\w+)+|AzureWebJobsStorage(:\w+)*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SettingName();
}
