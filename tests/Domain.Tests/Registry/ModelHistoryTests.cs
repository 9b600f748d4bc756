using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Registry;

public sealed class ModelHistoryTests : IDisposable
{
    private readonly RegistryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task List_AfterEveryKindOfChange_TellsEachOnceInOrder()
    {
        await world.Registry.CreateAsync(TestStores.Tenant, RegistryWorld.Model, new MetadataEdit(), "create", RegistryWorld.Note, default);
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);
        await world.DeployAsync(2);
        await world.MoveAsync("v2", ModelStage.Archived, "withdraw");
        await world.Aliases.SetAsync(TestStores.Tenant, RegistryWorld.Model, "champion", "v2", RegistryWorld.Note, default);
        await world.Aliases.RemoveAsync(TestStores.Tenant, RegistryWorld.Model, "champion", RegistryWorld.Note, default);
        await world.Metadata.EditAsync(TestStores.Tenant, RegistryWorld.Model, new MetadataEdit { Description = "what it is for" }, RegistryWorld.Note, default);
        await world.Removal.DeleteVersionAsync(TestStores.Tenant, RegistryWorld.Model, "v1", RegistryWorld.Note, default);
        await world.Removal.DeleteModelAsync(TestStores.Tenant, RegistryWorld.Model, RegistryWorld.Note, default);

        IReadOnlyList<ModelEvent> events = await world.EventsAsync();

        Assert.Equal(
            [
                "1 Created  -> ", "2 Registered  -> v1", "3 Registered  -> v2",
                "4 StageMoved staging -> production", "5 Deployed  -> v1",
                "6 StageMoved production -> archived", "7 StageMoved staging -> production", "8 Deployed v1 -> v2",
                "9 StageMoved production -> archived", "10 Withdrawn v2 -> ",
                "11 AliasSet champion -> v2", "12 AliasRemoved championv2 -> ", "13 MetadataChanged description -> ",
                "14 VersionDeleted v1 -> ", "15 ModelDeleted  -> ",
            ],
            events.Select(entry => $"{entry.Number} {entry.Kind} {entry.Subject}{entry.From} -> {entry.To}"));
        Assert.All(events.Where(entry => entry.Kind != ModelEventKind.Registered), entry => Assert.Equal(("ada", "because"), (entry.By, entry.Reason)));
        Assert.Equal("run-1", events[1].By);
    }

    [Fact]
    public async Task Change_AfterTheClockWentBack_IsNotBeforeTheChangeBefore()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);
        DateTimeOffset first = (await world.HeadAsync()).UpdatedAt;

        BackwardsTimeProvider earlier = new(first - TimeSpan.FromHours(3));
        ModelRegistry behind = new(world.Stores.Documents, world.Stores.Ids, earlier, new DeploymentSignal());
        Deployment second = await behind.DeployAsync(TestStores.Tenant, RegistryWorld.Model, 2, "deploy-2", default);

        Assert.Equal(first, second.DeployedAt);
        Assert.Equal("v2", await world.AsOfAsync("production", first));
        IReadOnlyList<ModelEvent> events = await world.EventsAsync();
        Assert.Equal(events.Select(entry => entry.At).Order(), events.Select(entry => entry.At));
    }

    [Fact]
    public async Task Edit_TagsOfAVersion_SetsReplacesAndRemoves()
    {
        await world.RegisterAsync("run-1");
        await EditAsync(("owner", "ada"), ("team", "red"));

        ModelVersion edited = await EditAsync(("owner", null), ("team", "blue"));

        Assert.Equal([KeyValuePair.Create("team", "blue")], edited.Tags);
        Assert.Equal([KeyValuePair.Create("team", "blue")], (await world.GetAsync("v1")).Tags);
    }

    [Fact]
    public async Task Edit_OverABound_IsRefusedByCodeAndChangesNothing()
    {
        await world.RegisterAsync("run-1");
        MetadataEdit long1 = new() { Description = new string('d', MetadataEdit.MaxDescriptionLength + 1) };
        MetadataEdit many = new() { Tags = Enumerable.Range(0, MetadataEdit.MaxTags + 1).ToDictionary(number => $"k{number}", string? (number) => "v", StringComparer.Ordinal) };

        Problem longDescription = await TestStores.RefusedAsync(() => world.Metadata.EditAsync(TestStores.Tenant, RegistryWorld.Model, long1, RegistryWorld.Note, default));
        Problem manyTags = await TestStores.RefusedAsync(() => world.Metadata.EditAsync(TestStores.Tenant, RegistryWorld.Model, many, RegistryWorld.Note, default));
        Problem emptyKey = await TestStores.RefusedAsync(() => EditAsync((string.Empty, "x")));
        ProblemException longReason = Assert.Throws<ProblemException>(() => new ChangeNote("ada", new string('r', ChangeNote.MaxReasonLength + 1)));

        Assert.Equal(
            ["description_too_long", "tags_too_many", "tag_invalid", "reason_too_long"],
            [longDescription.Code, manyTags.Code, emptyKey.Code, longReason.Problem.Code]);
        Assert.Equal(1, (await world.HeadAsync()).EventCount);
    }

    private Task<ModelVersion> EditAsync(params (string Key, string? Value)[] tags) => world.Metadata.EditVersionAsync(
        TestStores.Tenant, RegistryWorld.Model, "v1", new MetadataEdit { Tags = tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal) }, RegistryWorld.Note, default);

    private sealed class BackwardsTimeProvider(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
