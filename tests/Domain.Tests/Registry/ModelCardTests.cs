using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Cards;
using YamlDotNet.RepresentationModel;

namespace Trainyard.Domain.Tests.Registry;

/// <summary>YamlDotNet reads what the card says of itself.</summary>
public sealed class ModelCardTests : IDisposable
{
    private readonly RegistryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Write_OfAVersion_HasTheFieldsOfTheHub()
    {
        YamlMappingNode head = Head(await CardAsync(Tags(("license", "mit"))));

        Assert.Equal(["mit", "trainyard", "tabular-regression"], new[] { "license", "library_name", "pipeline_tag" }.Select(name => Text(head[name])));
        Assert.Equal(["tabular", "regression", "gradient_boosting"], List(head["tags"]));
        Assert.Equal(["rmse"], List(head["metrics"]));
        YamlNode result = head["model-index"][0]["results"][0];
        Assert.Equal(
            ["forecaster", "tabular-regression", "sales", "sales", "1", "rmse", "1.5"],
            [Text(head["model-index"][0]["name"]), Text(result["task"]["type"]), Text(result["dataset"]["name"]), Text(result["dataset"]["type"]), Text(result["dataset"]["revision"]), Text(result["metrics"][0]["type"]), Text(result["metrics"][0]["value"])]);
    }

    [Theory]
    [InlineData("\"\n---\nevil: true\n# x | `y`")]
    [InlineData("'{[&*!|>%@`#:\t\u0085\u2028é漢")]
    public async Task Write_NamesThatLookLikeMarkup_StayInTheirPlaces(string text)
    {
        ModelVersion version = await VersionAsync();
        ModelVersion hostile = version with { Learner = text, Description = text, Inputs = [new(text, "number")] };

        string card = ModelCard.Write((await world.HeadAsync()) with { Tags = Tags(("license", text)) }, hostile);
        YamlMappingNode head = Head(card);

        Assert.Equal((text, text), (Text(head["license"]), List(head["tags"])[2]));
        Assert.DoesNotContain("evil", head.Children.Keys.Select(Text));
        Assert.DoesNotContain(card.Split('\n').Skip(head.Children.Count), line => line.StartsWith("# x", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_WithoutLicenceOrFiniteScores_LeavesThemOut()
    {
        ModelVersion version = await VersionAsync();
        ModelVersion unscored = version with { Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["r2"] = double.NaN }, Task = "clustering" };

        YamlMappingNode head = Head(ModelCard.Write(await world.HeadAsync(), unscored));

        Assert.Equal(["library_name", "tags"], head.Children.Keys.Select(Text));
    }

    private static Dictionary<string, string> Tags(params (string Key, string Value)[] tags) => tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);

    private static YamlMappingNode Head(string card)
    {
        string[] parts = card.Split("---\n", 3);
        Assert.Equal(string.Empty, parts[0]);
        YamlStream yaml = [];
        yaml.Load(new StringReader(parts[1]));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static string[] List(YamlNode node) => [.. ((YamlSequenceNode)node).Select(Text)];

    private async Task<ModelVersion> VersionAsync()
    {
        await world.RegisterAsync("run-1");
        return await world.GetAsync("v1");
    }

    private async Task<string> CardAsync(IReadOnlyDictionary<string, string> tags)
    {
        ModelVersion version = await VersionAsync();
        return ModelCard.Write((await world.HeadAsync()) with { Tags = tags }, version);
    }
}
