using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Tests.Pipelines;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Registry;

public sealed class ModelAliasesTests : IDisposable
{
    private readonly RegistryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Find_AsOfAMoment_IsWhatHeldThen()
    {
        await world.RegisterAsync("run-1");
        DateTimeOffset start = Now();
        world.Stores.Clock.Advance(TimeSpan.FromHours(1));
        await world.DeployAsync(1);
        await SetAsync("champion", "v1");
        world.Stores.Clock.Advance(TimeSpan.FromHours(1));
        await world.RegisterAsync("run-2");
        await world.DeployAsync(2);
        await SetAsync("champion", "v2");
        DateTimeOffset second = Now();
        world.Stores.Clock.Advance(TimeSpan.FromHours(1));
        await world.MoveAsync("production", ModelStage.Archived, "withdraw");
        await world.Aliases.RemoveAsync(TestStores.Tenant, RegistryWorld.Model, "champion", RegistryWorld.Note, default);

        foreach (string alias in new[] { "production", "champion" })
        {
            Assert.Equal("v1", await world.AsOfAsync(alias, start.AddHours(1)));
            Assert.Equal("v1", await world.AsOfAsync(alias, second.AddTicks(-1)));
            Assert.Equal("v2", await world.AsOfAsync(alias, second));
            Assert.Equal("v2", await world.AsOfAsync(alias, second.AddMinutes(59)));
            Assert.Equal("alias_not_found", (await TestStores.RefusedAsync(() => world.AsOfAsync(alias, start))).Code);
            Assert.Equal("alias_not_found", (await TestStores.RefusedAsync(() => world.AsOfAsync(alias, second.AddHours(1)))).Code);
            Assert.Equal("alias_not_found", (await TestStores.RefusedAsync(() => world.AsOfAsync(alias, null))).Code);
        }

        Assert.Equal(("v1", "v2"), (await world.AsOfAsync("latest", start), await world.AsOfAsync("latest", null)));
    }

    [Fact]
    public async Task Find_OfAModelDeletedSince_StillTellsWhatWasInProduction()
    {
        await world.RegisterAsync("run-1");
        await world.DeployAsync(1);
        DateTimeOffset then = Now();
        world.Stores.Clock.Advance(TimeSpan.FromHours(1));
        await world.MoveAsync("v1", ModelStage.Archived, "withdraw");
        await world.Removal.DeleteModelAsync(TestStores.Tenant, RegistryWorld.Model, RegistryWorld.Note, default);

        (AliasEntry entry, ModelVersion version) = await world.Aliases.FindAsync(TestStores.Tenant, RegistryWorld.Model, "production", then, default);

        Assert.Equal((1, then, "because"), (entry.Sequence, entry.At, version.Deletion?.Reason));
    }

    [Fact]
    public async Task GetVersion_ByAlias_FollowsIt()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);
        await SetAsync("challenger", "1.1.0");

        Assert.Equal(2, (await world.GetAsync("challenger")).Sequence);
        Assert.Equal(1, (await world.GetAsync("production")).Sequence);
        Assert.Equal(2, (await world.GetAsync("latest")).Sequence);
        await SetAsync("challenger", "v1");
        Assert.Equal(1, (await world.GetAsync("challenger")).Sequence);
        Assert.Equal("model_version_not_found", (await TestStores.RefusedAsync(() => world.GetAsync("nobody"))).Code);
    }

    [Theory]
    [InlineData("production", "alias_reserved")]
    [InlineData("latest", "alias_reserved")]
    [InlineData("v5", "alias_reserved")]
    [InlineData("5", "alias_reserved")]
    [InlineData("1.4.0", "alias_reserved")]
    [InlineData("../x", "name_invalid")]
    public async Task Set_NameThatMeansSomethingElse_IsRefused(string alias, string code)
    {
        await world.RegisterAsync("run-1");

        Assert.Equal(code, (await TestStores.RefusedAsync(() => SetAsync(alias, "v1"))).Code);
    }

    [Fact]
    public async Task Set_OneMoreThanThereMayBe_IsRefusedUntilOneIsRemoved()
    {
        await world.RegisterAsync("run-1");
        for (int number = 0; number < RegisteredModel.MaxAliases; number++)
        {
            await SetAsync($"alias-{number}", "v1");
        }

        Assert.Equal("aliases_too_many", (await TestStores.RefusedAsync(() => SetAsync("one-more", "v1"))).Code);
        await world.Aliases.RemoveAsync(TestStores.Tenant, RegistryWorld.Model, "alias-0", RegistryWorld.Note, default);
        Assert.Equal(1, (await SetAsync("one-more", "v1")).Sequence);
    }

    [Fact]
    public async Task Set_WhileSomebodyElseSetsIt_EndsWithOneOfBothAndTheWholeHistory()
    {
        for (int call = 1; ; call++)
        {
            using RegistryWorld fresh = new();
            await fresh.RegisterAsync("run-1", "run-2");
            InterleavingDocumentStore store = new(
                fresh.Stores.Documents, call, () => fresh.Aliases.SetAsync(TestStores.Tenant, RegistryWorld.Model, "champion", "v2", RegistryWorld.Note, default));
            await new ModelAliases(store, fresh.Stores.Clock).SetAsync(TestStores.Tenant, RegistryWorld.Model, "champion", "v1", RegistryWorld.Note, default);
            if (!store.Reached)
            {
                return;
            }

            Assert.Equal(1, (await fresh.HeadAsync()).Aliases["champion"]);
            Assert.Equal([(null, "v2"), ("v2", "v1")], (await fresh.EventsAsync()).Skip(2).Select(entry => (entry.From, entry.To)));
            Assert.Equal("v1", await fresh.AsOfAsync("champion", null));
        }
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Set_CrashThenRepeated_SetsOnce(FaultPoint point)
    {
        await world.RegisterAsync("run-1");
        FaultyDocumentStore faulty = new(world.Stores.Documents, 1, point);
        await Assert.ThrowsAsync<InjectedFaultException>(
            () => new ModelAliases(faulty, world.Stores.Clock).SetAsync(TestStores.Tenant, RegistryWorld.Model, "champion", "v1", RegistryWorld.Note, default));

        await SetAsync("champion", "v1");

        Assert.Equal(2, (await world.EventsAsync()).Count);
        Assert.Equal("v1", await world.AsOfAsync("champion", null));
    }

    private DateTimeOffset Now() => world.Stores.Clock.GetUtcNow();

    private Task<ModelVersion> SetAsync(string alias, string label) =>
        world.Aliases.SetAsync(TestStores.Tenant, RegistryWorld.Model, alias, label, RegistryWorld.Note, default);
}
