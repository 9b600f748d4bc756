using System.Text.Json.Nodes;

namespace Trainyard.EndToEnd.Tests;

/// <summary>Dashboards and alerts by what they say themselves; <see cref="PrometheusTests"/> asks their queries.</summary>
public sealed class DashboardTests
{
    public static TheoryData<string> Dashboards() => [.. Directory.EnumerateFiles(Repository.Path("infra", "grafana"), "*.json").Select(static file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void Dashboard_CanBeImported(string file)
    {
        JsonNode dashboard = JsonNode.Parse(File.ReadAllText(Repository.Path("infra", "grafana", file)))!;
        JsonNode[] panels = [.. dashboard["panels"]!.AsArray()!];

        Assert.Equal($"trainyard-{Path.GetFileNameWithoutExtension(file)}", (string?)dashboard["uid"]);
        Assert.Contains(dashboard["templating"]!["list"]!.AsArray(), variable => (string?)variable!["name"] == "datasource" && (string?)variable["type"] == "datasource");
        Assert.Equal(panels.Length, panels.Select(panel => (int)panel["id"]!).Distinct().Count());
        Assert.All(panels, panel => Assert.All(["title", "description"], member => Assert.False(string.IsNullOrEmpty((string?)panel[member]))));
        Assert.All(panels, panel => Assert.Equal("${datasource}", (string?)panel["datasource"]!["uid"]));

        // Within Grafana's 24 columns, none over another.
        (int Left, int Top, int Right, int Bottom)[] places = [.. panels.Select(panel => panel["gridPos"]!).Select(place =>
            ((int)place["x"]!, (int)place["y"]!, (int)place["x"]! + (int)place["w"]!, (int)place["y"]! + (int)place["h"]!))];
        Assert.All(places, place => Assert.True(place.Left >= 0 && place.Right <= 24));
        Assert.All(places, one => Assert.Single(places, other => one.Left < other.Right && other.Left < one.Right && one.Top < other.Bottom && other.Top < one.Bottom));
    }

    [Fact]
    public void Queries_OfDashboardsAndRules_AreFound()
    {
        Assert.Contains(PromQuery.OfDashboards(), query => query.Metrics.Contains("ml_prediction_latency_seconds"));
        Assert.Contains(PromQuery.OfRules(), query => query.Metrics.Contains("up"));
        Assert.All(PromQuery.OfDashboards().Concat(PromQuery.OfRules()), query => Assert.NotEmpty(query.Metrics));
    }

    [RequiresFact("prometheus")]
    public async Task Rules_PassPromtool()
    {
        (int exitCode, string said) = await Promtool.RunAsync(["check", "rules", Repository.Path("infra", "prometheus", "rules.yml")]);
        Assert.True(exitCode == 0, said);
    }

    [RequiresFact("prometheus")]
    public async Task Rules_FireWhenTheyShouldAndNotBefore()
    {
        (int exitCode, string said) = await Promtool.RunAsync(["test", "rules", Repository.Path("infra", "prometheus", "rules.test.yml")]);
        Assert.True(exitCode == 0, said);
    }
}
