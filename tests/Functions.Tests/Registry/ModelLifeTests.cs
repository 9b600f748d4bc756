using System.Net;
using System.Text.Json;

namespace Trainyard.Functions.Tests.Registry;

public sealed class ModelLifeTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    [Fact]
    public async Task Create_ThenUpdateThenDelete_IsShownAsItIsEachTime()
    {
        using HttpResponseMessage created = await host.PostAsync("api/v1/models/", """{"name":"made","description":"first","tags":{"team":"red"}}""");
        using HttpResponseMessage again = await host.PostAsync("api/v1/models/", """{"name":"made"}""");
        JsonElement made = await PlatformHost.JsonAsync(created);
        using HttpResponseMessage updated = await host.PutAsync($"api/v1/models/{Text(made, "id")}", """{"description":"second","tags":{"owner":"ada"},"remove_tags":["team"]}""");
        JsonElement changed = await PlatformHost.JsonAsync(updated);
        using HttpResponseMessage deleted = await host.DeleteAsync("api/v1/models/made?reason=a%20trial");
        using HttpResponseMessage gone = await host.Client.GetAsync(new Uri("api/v1/models/made", UriKind.Relative));
        JsonElement problem = await PlatformHost.ProblemAsync(gone);

        Assert.Equal((HttpStatusCode.Created, $"/api/v1/models/{Text(made, "id")}"), (created.StatusCode, created.Headers.Location?.OriginalString));
        Assert.Equal(("made", "first", "training", JsonValueKind.Null), (Text(made, "name"), Text(made, "description"), Text(made, "status"), made.GetProperty("version").ValueKind));
        Assert.Equal("model_exists", Text(await PlatformHost.ProblemAsync(again), "code"));
        Assert.Equal(("second", """{"owner":"ada"}"""), (Text(changed, "description"), changed.GetProperty("tags").GetRawText()));
        Assert.Equal(("local", "a trial"), (Text(await PlatformHost.JsonAsync(deleted), "by"), Text(await PlatformHost.JsonAsync(deleted), "reason")));
        Assert.Equal((HttpStatusCode.NotFound, "model_deleted"), (gone.StatusCode, Text(problem, "code")));
        Assert.Contains("a trial", Text(problem, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_SameKeyTwice_AnswersTheSame()
    {
        using HttpResponseMessage first = await host.PostAsync("api/v1/models", """{"name":"keyed"}""", "create-keyed");
        using HttpResponseMessage second = await host.PostAsync("api/v1/models", """{"name":"keyed"}""", "create-keyed");

        Assert.Equal((HttpStatusCode.Created, await first.Content.ReadAsStringAsync()), (second.StatusCode, await second.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Alias_SetAndMoved_IsFollowedAndRememberedAsOf()
    {
        await DeployedModel.RegisterAsync(host, "aliased", "run-1");
        await DeployedModel.RegisterAsync(host, "aliased", "run-2");
        using HttpResponseMessage set = await host.PutAsync("api/v1/models/aliased/aliases/champion", """{"version":"v1","reason":"won"}""");
        string since = Text(await host.GetAsync("api/v1/models/aliased/aliases/champion"), "since")!;
        await host.PutAsync("api/v1/models/aliased/aliases/champion", """{"version":"latest"}""");

        JsonElement now = await host.GetAsync("api/v1/models/aliased/aliases/champion");
        JsonElement then = await host.GetAsync($"api/v1/models/aliased/aliases/champion?as_of={Uri.EscapeDataString(since)}");
        JsonElement all = await host.GetAsync("api/v1/models/aliased/aliases");
        using HttpResponseMessage never = await host.Client.GetAsync(new Uri("api/v1/models/aliased/aliases/champion?as_of=2020-01-01", UriKind.Relative));
        using HttpResponseMessage inUse = await host.DeleteAsync("api/v1/models/aliased/versions/champion");
        using HttpResponseMessage removed = await host.DeleteAsync("api/v1/models/aliased/aliases/champion");

        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        Assert.Equal(("v2", "v1", "won"), (Text(now.GetProperty("version"), "version"), Text(then.GetProperty("version"), "version"), Text(then, "reason")));
        Assert.Equal("""{"champion":"v2","latest":"v2"}""", all.GetProperty("aliases").GetRawText());
        Assert.Equal("alias_not_found", Text(await PlatformHost.ProblemAsync(never), "code"));
        Assert.Equal((HttpStatusCode.Conflict, "model_version_in_use"), (inUse.StatusCode, Text(await PlatformHost.ProblemAsync(inUse), "code")));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }

    [Fact]
    public async Task Versions_AfterOneWasDeleted_ShowItOnlyWhenAskedTo()
    {
        await DeployedModel.RegisterAsync(host, "thinned", "run-1");
        await DeployedModel.RegisterAsync(host, "thinned", "run-2");
        using HttpResponseMessage described = await host.PutAsync("api/v1/models/thinned/versions/2", """{"description":"worse"}""");
        using HttpResponseMessage deleted = await host.DeleteAsync("api/v1/models/thinned/versions/v2?reason=worse");

        JsonElement live = await host.GetAsync("api/v1/models/thinned/versions");
        JsonElement all = await host.GetAsync("api/v1/models/thinned/versions?include_deleted=true");
        using HttpResponseMessage gone = await host.Client.GetAsync(new Uri("api/v1/models/thinned/versions/1.0.1", UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (described.StatusCode, deleted.StatusCode));
        Assert.Equal(["v1"], live.GetProperty("items").EnumerateArray().Select(version => Text(version, "version")));
        Assert.Equal(["v2", "v1"], all.GetProperty("items").EnumerateArray().Select(version => Text(version, "version")));
        JsonElement tombstone = all.GetProperty("items")[0];
        Assert.Equal(("worse", "worse"), (Text(tombstone, "description"), Text(tombstone.GetProperty("deleted"), "reason")));
        Assert.Equal((HttpStatusCode.NotFound, "model_version_deleted"), (gone.StatusCode, Text(await PlatformHost.ProblemAsync(gone), "code")));
    }

    [Fact]
    public async Task History_OfDeployments_NamesWhoAndWhy()
    {
        await DeployedModel.RegisterAsync(host, "told", "run-1");
        await host.PostAsync("api/v1/models/told/deploy", """{"version":"1","reason":"good enough"}""");

        JsonElement history = await host.GetAsync("api/v1/models/told/history");

        JsonElement[] events = [.. history.GetProperty("items").EnumerateArray()];
        Assert.Equal(["deployed", "stage_moved", "registered"], events.Select(entry => Text(entry, "kind")));
        Assert.Equal(("local", "good enough", "v1"), (Text(events[0], "by"), Text(events[0], "reason"), Text(events[0], "to")));
    }

    [Theory]
    [InlineData("name=filtered-b", "filtered-b")]
    [InlineData("name=filtered&stage=production", "filtered-a")]
    [InlineData("name=filtered&status=training", "filtered-b")]
    [InlineData("name=filtered&type=classification", "filtered-a,filtered-b")]
    [InlineData("name=filtered&type=regression", "")]
    public async Task List_Filtered_HasWhatWasAskedFor(string query, string names)
    {
        await DeployedModel.RegisterAsync(host, "filtered-a", "run-1");
        await DeployedModel.RegisterAsync(host, "filtered-b", "run-1");
        await host.PostAsync("api/v1/models/filtered-a/deploy", "");

        JsonElement models = await host.GetAsync($"api/v1/models?{query}");

        Assert.Equal(names, string.Join(',', models.GetProperty("items").EnumerateArray().Select(model => Text(model, "name"))));
    }

    [Theory]
    [InlineData("api/v1/models?stage=prod", "stage_invalid")]
    [InlineData("api/v1/models?status=x", "parameter_invalid")]
    [InlineData("api/v1/models?name=..", "name_invalid")]
    [InlineData("api/v1/models/none/versions?include_deleted=1", "parameter_invalid")]
    public async Task Get_WithAParameterThatIsNone_IsRefusedByCode(string path, string code)
    {
        using HttpResponseMessage response = await host.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal((HttpStatusCode.BadRequest, code), (response.StatusCode, Text(await PlatformHost.ProblemAsync(response), "code")));
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
