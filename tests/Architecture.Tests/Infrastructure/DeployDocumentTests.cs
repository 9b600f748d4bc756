using System.Text.RegularExpressions;

namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>Holds docs/deploy.md to what is deployed.</summary>
public sealed partial class DeployDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.Path("docs", "deploy.md"));

    [Fact]
    public void Variables_AreThoseOfTheParametersFile()
    {
        string[] told = [.. SetVariable().Matches(Document).Select(each => each.Value).Where(name => name != "TRAINYARD_URI").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] taken = [.. SetVariable().Matches(File.ReadAllText(Repository.Path("infra", "main.parameters.json"))).Select(each => each.Value).Order(StringComparer.Ordinal)];
        Assert.Equal(taken, told);
    }

    [RequiresBicepParserFact]
    public void ReadValues_AreOutputsOrSetBefore()
    {
        string[] outputs = [.. Bicep.File("main.bicep").Outputs.Select(each => each.Name)];
        string[] read = [.. ReadVariable().Matches(Document).Select(each => each.Groups["name"].Value)];
        Assert.NotEmpty(read);
        Assert.All(read, name => Assert.True(outputs.Contains(name) || Document.Contains($"azd env set {name} ", StringComparison.Ordinal), $"Nothing sets {name}."));
    }

    [RequiresBicepParserFact]
    public void Parameters_NamedInTheDocument_AreThere()
    {
        string[] parameters = [.. Bicep.File("main.bicep").Parameters.Select(each => each.Name)];
        Assert.All(["openAiDeployments", "settings", "purgeProtection"], name =>
        {
            Assert.Contains($"`{name}`", Document, StringComparison.Ordinal);
            Assert.Contains(name, parameters);
        });
    }

    [GeneratedRegex(@"\bTRAINYARD_[A-Z_]+\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SetVariable();

    [GeneratedRegex(@"azd env get-value (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReadVariable();
}
