using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Tests.Pipelines;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Registry.Traffic;

public sealed class ModelTrafficTests : IDisposable
{
    private readonly RegistryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Set_Shares_PutsEveryVersionOfThemInProductionAndTheHistorySaysSo()
    {
        await world.RegisterAsync("run-1", "run-2", "run-3");
        await world.DeployAsync(1);

        Deployment split = await world.SplitAsync("split", ("v1", 89.99), ("2", 10.01));

        RegisteredModel head = await world.HeadAsync();
        Assert.Equal((1, 2, DeploymentStrategy.Split), (head.DeployedSequence, split.Number, split.Strategy));
        Assert.Equal([new VersionShare(1, 8_999), new VersionShare(2, 1_001)], head.Shares);
        Assert.Equal([ModelStage.Production, ModelStage.Production, ModelStage.Staging], await StagesAsync());
        ModelEvent last = (await world.EventsAsync())[^1];
        Assert.Equal((ModelEventKind.TrafficChanged, "v1", "v1 89.99 %, v2 10.01 %"), (last.Kind, last.From, last.To));
    }

    [Fact]
    public async Task Set_SharesWithoutTheDeployedVersion_DeploysTheGreatest()
    {
        await world.RegisterAsync("run-1", "run-2", "run-3");
        await world.DeployAsync(1);

        await world.SplitAsync("split", ("v2", 30), ("v3", 70));

        Assert.Equal(3, (await world.HeadAsync()).DeployedSequence);
        Assert.Equal([ModelStage.Archived, ModelStage.Production, ModelStage.Production], await StagesAsync());
        Assert.Equal("v3", await world.AsOfAsync("production", moment: null));
    }

    [Fact]
    public async Task Get_AsOf_IsWhatWasDeployedThenWithItsShares()
    {
        await world.RegisterAsync("run-1", "run-2");
        DateTimeOffset before = world.Stores.Clock.GetUtcNow();
        world.Stores.Clock.Advance(TimeSpan.FromHours(1));
        List<DateTimeOffset> moments = [];
        await AtNextHourAsync(() => world.DeployAsync(1), moments);
        await AtNextHourAsync(() => world.SplitAsync("split-1", ("v1", 95), ("v2", 5)), moments);
        await AtNextHourAsync(() => world.SplitAsync("split-2", ("v1", 50), ("v2", 50)), moments);
        await AtNextHourAsync(() => world.SplitAsync("split-3", ("v2", 100)), moments);

        Assert.Equal("deployment_not_found", (await TestStores.RefusedAsync(() => GetAsync(before))).Code);
        Assert.Equal(["1:10000", "1:9500 2:500", "1:5000 2:5000", "2:10000"], await Task.WhenAll(moments.Select(async moment => Text(await GetAsync(moment)))));
        Assert.Equal("1:9500 2:500", Text(await GetAsync(moments[2] - TimeSpan.FromTicks(1))));
        Assert.Equal("2:10000", Text(await GetAsync(asOf: null)));
    }

    [Theory]
    [InlineData(99, 0, "traffic_sum_invalid")]
    [InlineData(90, 10.001, "traffic_percent_invalid")]
    [InlineData(101, -1, "traffic_percent_invalid")]
    [InlineData(110, -10, "traffic_percent_invalid")]
    [InlineData(double.NaN, 100, "traffic_percent_invalid")]
    public async Task Set_SharesThatAreNone_AreRefusedAndChangeNothing(double first, double second, string code)
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);

        Problem problem = await TestStores.RefusedAsync(() => world.SplitAsync("split", ("v1", first), ("v2", second)));

        Assert.Equal((ProblemKind.Malformed, code, "shares"), (problem.Kind, problem.Code, problem.Field));
        Assert.Equal(1, (await world.HeadAsync()).DeploymentCount);
    }

    [Fact]
    public async Task Set_AVersionTwice_IsRefusedByWhateverLabel()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);
        TrafficChange shadow = new() { Shadows = [new("production", 10)] };

        Problem twice = await TestStores.RefusedAsync(() => world.SplitAsync("split", ("v1", 50), ("1.0.0", 50)));
        Problem both = await TestStores.RefusedAsync(() => SetAsync(shadow, "shadow"));

        Assert.Equal(("traffic_version_repeated", "shares"), (twice.Code, twice.Field));
        Assert.Equal(("traffic_version_repeated", "shadows"), (both.Code, both.Field));
    }

    [Fact]
    public async Task Set_MoreThanMayBe_IsRefused()
    {
        await world.RegisterAsync("run-1");
        TrafficChange many = new() { Shares = [.. Enumerable.Repeat(new WantedShare("v1", 1), TrafficPlan.MaxShares + 1)] };

        Assert.Equal("traffic_versions_too_many", (await TestStores.RefusedAsync(() => SetAsync(many, "many"))).Code);
        Assert.Equal("log_rate_invalid", (await TestStores.RefusedAsync(() => SetAsync(new TrafficChange { LogRate = 1.5 }, "rate"))).Code);
        Assert.Equal("model_not_deployed", (await TestStores.RefusedAsync(() => SetAsync(new TrafficChange { LogRate = 0.5 }, "rate"))).Code);
    }

    [Fact]
    public async Task Set_ShadowsFallbackAndLogRate_StayUntilTheyAreChangedOrDeployed()
    {
        await world.RegisterAsync("run-1", "run-2", "run-3");
        await world.DeployAsync(1);
        await SetAsync(new TrafficChange { Shadows = [new("v2", 25)], Fallback = "v3", LogRate = 0.1 }, "around");
        await world.SplitAsync("split", ("v1", 50), ("v3", 50));

        TrafficPlan split = (await world.HeadAsync()).Traffic;
        await world.SplitAsync("over", ("v2", 100));
        TrafficPlan deployed = (await world.HeadAsync()).Traffic;

        Assert.Equal(new VersionShare(2, 2_500), Assert.Single(split.Shadows));
        Assert.Empty(deployed.Shadows);
        Assert.Equal(((3, 0.1), (3, 0.1)), ((split.Fallback, split.LogRate), (deployed.Fallback, deployed.LogRate)));
    }

    [Fact]
    public async Task Set_WhatIsThereAlready_ChangesNothing()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);
        await world.SplitAsync("split", ("v1", 50), ("v2", 50));

        Deployment again = await world.SplitAsync("again", ("v2", 50), ("v1", 50));

        Assert.Equal((2, 2), (again.Number, (await world.HeadAsync()).DeploymentCount));
    }

    [Fact]
    public async Task Split_BegunAgain_HasAnotherSalt()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);
        List<string> salts = [];
        foreach (int round in new[] { 1, 2 })
        {
            await world.SplitAsync($"split-{round}", ("v1", 99), ("v2", 1));
            salts.Add((await world.HeadAsync()).Traffic.Salt);
            await world.SplitAsync($"grown-{round}", ("v1", 90), ("v2", 10));
            salts.Add((await world.HeadAsync()).Traffic.Salt);
            await world.SplitAsync($"over-{round}", ("v1", 100));
        }

        Assert.Equal(2, salts.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal((salts[0], salts[2]), (salts[1], salts[3]));
    }

    [Fact]
    public async Task Rollback_OfASplit_GivesAllToWhatIsDeployed()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);
        await world.SplitAsync("split", ("v1", 90), ("v2", 10));

        Deployment back = await world.RollbackAsync("back");

        Assert.Equal((1, DeploymentStrategy.Rollback), (back.Sequence, back.Strategy));
        Assert.Equal([new VersionShare(1, TrafficPlan.AllPoints)], (await world.HeadAsync()).Shares);
        Assert.Equal([ModelStage.Production, ModelStage.Archived], await StagesAsync());
    }

    [Fact]
    public async Task Rollback_AgainAndAgain_GoesFurtherBackAndNeverForward()
    {
        await world.RegisterAsync("run-1", "run-2", "run-3");
        await world.DeployAsync(1);
        await world.DeployAsync(2);
        await world.SplitAsync("canary", ("v2", 90), ("v3", 10));
        await world.SplitAsync("over", ("v3", 100));
        List<int?> went = [];
        foreach (string operation in new[] { "back-1", "back-2" })
        {
            went.Add((await world.RollbackAsync(operation)).Sequence);
        }

        Problem problem = await TestStores.RefusedAsync(() => world.RollbackAsync("back-3"));

        Assert.Equal([2, 1], went);
        Assert.Equal((ProblemKind.Conflict, "rollback_unavailable"), (problem.Kind, problem.Code));
        await world.DeployAsync(3);
        Assert.Equal(1, (await world.RollbackAsync("back-4")).Sequence);
    }

    [Fact]
    public async Task Rollback_PastADeletedVersion_GoesToTheOneBefore()
    {
        await world.RegisterAsync("run-1", "run-2", "run-3");
        await world.DeployAsync(1);
        await world.DeployAsync(2);
        await world.DeployAsync(3);
        await world.Removal.DeleteVersionAsync(TestStores.Tenant, RegistryWorld.Model, "v2", RegistryWorld.Note, default);

        Assert.Equal(1, (await world.RollbackAsync("back")).Sequence);
    }

    [Fact]
    public async Task Rollback_UnderTheSameOperation_GoesBackOnce()
    {
        await world.RegisterAsync("run-1", "run-2", "run-3");
        await world.DeployAsync(1);
        await world.DeployAsync(2);
        await world.DeployAsync(3);

        Deployment first = await world.RollbackAsync("back");
        Deployment second = await world.RollbackAsync("back");

        Assert.Equal((first.Number, 2), (second.Number, second.Sequence));
    }

    [Fact]
    public async Task Deploy_TwoAtOnce_OneWinsAndTheOtherIsToldWhatIsDeployed()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);
        InterleavingDocumentStore store = new(world.Stores.Documents, before: 5, () => world.SplitAsync("other", ("v1", 90), ("v2", 10)));

        Problem problem = await TestStores.RefusedAsync(() =>
            world.TrafficOn(store).DeployAsync(TestStores.Tenant, RegistryWorld.Model, "v2", allowsOtherSchema: false, "mine", RegistryWorld.Note, default));

        Assert.True(store.Reached);
        Assert.Equal((ProblemKind.Conflict, "model_changed_meanwhile"), (problem.Kind, problem.Code));
        Assert.Contains("v1 90 %, v2 10 %", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_AVersionThatReadsOtherColumns_IsRefusedNamingThemUnlessAllowed()
    {
        await world.RegisterAsync("run-1");
        ModelRegistration other = RegistryWorld.Registration("run-2") with { Task = "classification", Inputs = [new("area", "category"), new("rooms", "number")] };
        await world.Registry.RegisterAsync(TestStores.Tenant, other, default);
        await world.DeployAsync(1);

        Problem deploy = await TestStores.RefusedAsync(() => DeployAsync("v2", allows: false));
        Problem split = await TestStores.RefusedAsync(() => world.SplitAsync("split", ("v1", 99), ("v2", 1)));
        Deployment allowed = await DeployAsync("v2", allows: true);

        Assert.Equal((ProblemKind.Conflict, "deployment_schema_differs"), (deploy.Kind, deploy.Code));
        Assert.Contains("task is classification instead of regression; columns added: rooms (number); types changed: area from number to category", deploy.Detail, StringComparison.Ordinal);
        Assert.Equal(deploy.Code, split.Code);
        Assert.Equal(2, allowed.Sequence);
    }

    [Fact]
    public async Task VersionWithTraffic_CanBeNeitherDeletedNorArchived()
    {
        await world.RegisterAsync("run-1", "run-2", "run-3", "run-4");
        await world.DeployAsync(1);
        await world.SplitAsync("split", ("v1", 90), ("v2", 10));
        await SetAsync(new TrafficChange { Shadows = [new("v3", 100)], Fallback = "v4" }, "around");

        foreach (string label in new[] { "v1", "v2", "v3", "v4" })
        {
            Problem problem = await TestStores.RefusedAsync(() => world.Removal.DeleteVersionAsync(TestStores.Tenant, RegistryWorld.Model, label, RegistryWorld.Note, default));
            Assert.Equal((ProblemKind.Conflict, "model_version_in_use"), (problem.Kind, problem.Code));
        }

        foreach (string label in new[] { "v1", "v2" })
        {
            Assert.Equal("model_version_in_use", (await TestStores.RefusedAsync(() => world.MoveAsync(label, ModelStage.Archived, $"archive-{label}"))).Code);
        }
    }

    [Fact]
    public async Task Promote_AVersionOfASplit_GivesItAll()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);
        await world.SplitAsync("split", ("v1", 90), ("v2", 10));

        await world.MoveAsync("v2", ModelStage.Production, "promote");

        Assert.Equal([new VersionShare(2, TrafficPlan.AllPoints)], (await world.HeadAsync()).Shares);
        Assert.Equal([ModelStage.Archived, ModelStage.Production], await StagesAsync());
    }

    [Fact]
    public async Task Set_WhileTheClockGoesBackwards_KeepsTheHistoryInOrder()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);
        ManualTimeProvider earlier = new(world.Stores.Clock.GetUtcNow() - TimeSpan.FromHours(3));
        TrafficChange change = new() { Shares = [new("v1", 50), new("v2", 50)] };

        Deployment split = await new ModelTraffic(world.Stores.Documents, world.Stores.Ids, earlier, new DeploymentSignal())
            .SetAsync(TestStores.Tenant, RegistryWorld.Model, change, "split", RegistryWorld.Note, default);

        Assert.True(split.DeployedAt >= (await world.EventsAsync())[0].At);
        Assert.Equal("1:5000 2:5000", Text(await GetAsync(split.DeployedAt)));
    }

    [Fact]
    public async Task RecordsFromBeforeThereWasTraffic_AreReadAsWholeAndGoneBackOver()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);
        await world.DeployAsync(2);
        await StripAsync("traffic", "strategy", "returns_to", "previous_sequence");

        Deployment before = await GetAsync(asOf: null);
        Deployment back = await world.RollbackAsync("back");

        Assert.Equal(("2:10000", DeploymentStrategy.Immediate), (Text(before), before.Strategy));
        Assert.Equal((1, 0.0), (back.Sequence, back.Traffic.LogRate));
        Assert.Equal("rollback_unavailable", (await TestStores.RefusedAsync(() => world.RollbackAsync("further"))).Code);
    }

    private static string Text(Deployment deployment) => string.Join(' ', deployment.Shares.OrderBy(share => share.Sequence).Select(share => $"{share.Sequence}:{share.Points}"));

    private async Task AtNextHourAsync(Func<Task> change, List<DateTimeOffset> moments)
    {
        await change();
        moments.Add(world.Stores.Clock.GetUtcNow());
        world.Stores.Clock.Advance(TimeSpan.FromHours(1));
    }

    private async Task<Deployment> GetAsync(DateTimeOffset? asOf) => (await world.Traffic.GetAsync(TestStores.Tenant, RegistryWorld.Model, asOf, default)).Deployment;

    private Task<Deployment> SetAsync(TrafficChange change, string operation) =>
        world.Traffic.SetAsync(TestStores.Tenant, RegistryWorld.Model, change, operation, RegistryWorld.Note, default);

    private Task<Deployment> DeployAsync(string label, bool allows) =>
        world.Traffic.DeployAsync(TestStores.Tenant, RegistryWorld.Model, label, allows, $"deploy-{label}-{allows}", RegistryWorld.Note, default);

    private async Task<ModelStage[]> StagesAsync()
    {
        List<ModelStage> stages = [];
        for (int sequence = 1; sequence < (await world.HeadAsync()).LastSequence + 1; sequence++)
        {
            stages.Add((await world.GetAsync($"v{sequence}")).Stage);
        }

        return [.. stages];
    }

    // Removes members from every record of the model, as if an older build had written them.
    private async Task StripAsync(params string[] members)
    {
        string partition = DocumentKey.Of(TestStores.Tenant.Value, RegistryWorld.Model);
        DocumentPage page = await world.Stores.Documents.QueryAsync(new DocumentQuery("models", partition), default);
        foreach (Document document in page.Documents)
        {
            JsonObject json = JsonNode.Parse(document.Json.Span)!.AsObject();
            Array.ForEach(members, member => json.Remove(member));
            await world.Stores.Documents.WriteAsync("models", partition, DocumentWrite.Replace(document.RowKey, Encoding.UTF8.GetBytes(json.ToJsonString()), document.ETag), default);
        }
    }
}
