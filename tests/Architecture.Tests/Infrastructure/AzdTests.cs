using YamlDotNet.RepresentationModel;

namespace Trainyard.Architecture.Tests.Infrastructure;

public sealed class AzdTests
{
    private static readonly YamlMappingNode File = Yaml.Read("azure.yaml");

    [Fact]
    public void Service_IsPublishedOnTheRealPackages_ToWhereItIsTakenFrom()
    {
        YamlNode service = File.At("services", "api")!;
        Assert.Equal("function", service.Text("host"));
        string dist = service.Text("dist")!;
        foreach (string system in (string[])["posix", "windows"])
        {
            string script = service.Text("hooks", "prepackage", system, "run")!;
            Assert.Contains($"dotnet publish src/Functions/Functions.csproj -c Release -p:UseCompat=false -o {dist}", script, StringComparison.Ordinal);
        }

        Assert.True(System.IO.File.Exists(Repository.Path("src", "Functions", "Functions.csproj")));
        Assert.Contains($"{dist.Split('/')[0]}/", System.IO.File.ReadAllLines(Repository.Path(".gitignore")));
    }

    [Fact]
    public void Environments_AreNotCommitted() =>
        // azd keeps what was set there, the operator's key among it.
        Assert.Contains(".azure/", System.IO.File.ReadAllLines(Repository.Path(".gitignore")));

    [Fact]
    public void Infrastructure_IsWhereItSays() =>
        Assert.True(System.IO.File.Exists(Repository.Path(File.Text("infra", "path")!, "main.bicep")));

    [RequiresBicepParserFact]
    public void Service_HasTheNameThatTheAppIsTaggedWith()
    {
        BicepNode parameters = Bicep.File("main.bicep").Modules.Single(each => each.Name == "app").Body.Properties["params"];
        Assert.Equal(File.Keys("services"), [parameters.Properties["serviceName"].Text.Trim('\'')]);
    }
}
