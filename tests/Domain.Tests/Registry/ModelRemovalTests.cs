using Trainyard.Domain.Documents;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Tests.Pipelines;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Registry;

public sealed class ModelRemovalTests : IDisposable
{
    private readonly RegistryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task DeleteVersion_ThatNothingRefersTo_LeavesATombstoneAndNoFile()
    {
        await world.RegisterAsync("run-1", "run-2");

        ModelVersion deleted = await DeleteAsync("v2");
        Problem problem = await TestStores.RefusedAsync(() => world.GetAsync("v2"));

        Assert.Equal(("ada", "because", true), (deleted.Deletion?.By, deleted.Deletion?.Reason, deleted.Deletion?.ArtifactRemoved));
        Assert.Equal((ProblemKind.NotFound, "model_version_deleted"), (problem.Kind, problem.Code));
        Assert.Contains("because", problem.Detail, StringComparison.Ordinal);
        Assert.Equal((true, false), (await world.HasFileAsync("run-1"), await world.HasFileAsync("run-2")));
        Assert.Equal((1, "1", "2,1"), ((await world.HeadAsync()).LatestSequence, await SequencesAsync(false), await SequencesAsync(true)));
        Assert.Equal("v1", await world.AsOfAsync("latest", null));
    }

    [Fact]
    public async Task Register_AfterTheNewestWasDeleted_UsesNeitherItsNumberNorItsSemanticVersionAgain()
    {
        await world.RegisterAsync("run-1", "run-2");
        await DeleteAsync("v2");
        await world.RegisterAsync("run-3");

        ModelVersion next = await world.GetAsync("latest");

        Assert.Equal((3, "1.2.0", 1), (next.Sequence, next.Version.ToString(), next.Lineage.Parent));
    }

    [Fact]
    public async Task DeleteVersion_DeployedOrAliased_IsRefusedNamingByWhat()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.DeployAsync(1);
        await world.Aliases.SetAsync(TestStores.Tenant, RegistryWorld.Model, "champion", "v2", RegistryWorld.Note, default);

        Problem deployed = await TestStores.RefusedAsync(() => DeleteAsync("v1"));
        Problem aliased = await TestStores.RefusedAsync(() => DeleteAsync("v2"));
        Problem model = await TestStores.RefusedAsync(DeleteModelAsync);

        Assert.Equal((ProblemKind.Conflict, "model_version_in_use"), (deployed.Kind, deployed.Code));
        Assert.Contains("deployed", deployed.Detail, StringComparison.Ordinal);
        Assert.Equal("model_version_in_use", aliased.Code);
        Assert.Contains("'champion'", aliased.Detail, StringComparison.Ordinal);
        Assert.Equal((ProblemKind.Conflict, "model_in_use"), (model.Kind, model.Code));
        Assert.Equal((true, true), (await world.HasFileAsync("run-1"), await world.HasFileAsync("run-2")));
    }

    [Fact]
    public async Task DeleteVersion_WhoseFileAnotherShares_KeepsTheFileUntilThatGoesToo()
    {
        await world.RegisterAsync("run-1");
        await world.Registry.RegisterAsync(
            TestStores.Tenant, RegistryWorld.Registration("run-2") with { Artifact = RegistryWorld.Registration("run-1").Artifact }, default);

        await DeleteAsync("v1");
        Assert.True(await world.HasFileAsync("run-1"));
        await DeleteAsync("v2");
        Assert.False(await world.HasFileAsync("run-1"));
    }

    [Fact]
    public async Task DeleteModel_ThenRegisteredAgain_RevivesWithTheNextNumberAndKeepsTheOldDeleted()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.Aliases.SetAsync(TestStores.Tenant, RegistryWorld.Model, "champion", "v1", RegistryWorld.Note, default);
        string id = (await world.HeadAsync()).Id;
        await DeleteModelAsync();

        Problem gone = await TestStores.RefusedAsync(world.HeadAsync);
        ResultPage<ModelOverview> listed = await world.Registry.ListAsync(TestStores.Tenant, PageRequest.First, default);
        await world.RegisterAsync("run-3");

        Assert.Equal("model_deleted", gone.Code);
        Assert.Empty(listed.Items);
        Assert.Equal((false, false, true), (await world.HasFileAsync("run-1"), await world.HasFileAsync("run-2"), await world.HasFileAsync("run-3")));
        Assert.Equal((id, 3, null), ((await world.HeadAsync()).Id, (await world.GetAsync("latest")).Sequence, (await world.GetAsync("latest")).Lineage.Parent));
        Assert.Equal("model_version_deleted", (await TestStores.RefusedAsync(() => world.GetAsync("v1"))).Code);
        Assert.Equal("3", await SequencesAsync(false));
        Assert.Empty((await world.HeadAsync()).Aliases);
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite, true)]
    [InlineData(FaultPoint.AfterWrite, true)]
    [InlineData(FaultPoint.BeforeWrite, false)]
    [InlineData(FaultPoint.AfterWrite, false)]
    public async Task DeleteVersion_CrashAtAnyWrite_IsCompletedByASecondCallOrASweep(FaultPoint point, bool secondCall)
    {
        for (int write = 1; ; write++)
        {
            using RegistryWorld fresh = new();
            await fresh.RegisterAsync("run-1", "run-2");
            FaultyDocumentStore dying = new(fresh.Stores.Documents, write, point, staysDown: true);
            await Record.ExceptionAsync(() => fresh.RemovalOn(dying).DeleteVersionAsync(TestStores.Tenant, RegistryWorld.Model, "v2", RegistryWorld.Note, default));
            if (secondCall)
            {
                await fresh.Removal.DeleteVersionAsync(TestStores.Tenant, RegistryWorld.Model, "v2", RegistryWorld.Note, default);
            }
            else
            {
                await fresh.SweepAsync();
            }

            bool isDeleted = await Record.ExceptionAsync(() => fresh.GetAsync("v2")) is ProblemException;
            Assert.True(isDeleted || !secondCall);
            Assert.Equal(!isDeleted, await fresh.HasFileAsync("run-2"));
            Assert.True(await fresh.HasFileAsync("run-1"));
            Assert.Equal(isDeleted ? 3 : 2, (await fresh.EventsAsync()).Count);
            if (!dying.Struck)
            {
                Assert.True(write > 3, "A mark, the deletion, the file's end and the mark's end were expected.");
                return;
            }
        }
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task DeleteModel_CrashAtAnyWriteThenRegistered_RevivesWithNothingOld(FaultPoint point)
    {
        for (int write = 1; ; write++)
        {
            using RegistryWorld fresh = new();
            await fresh.RegisterAsync("run-1", "run-2");
            FaultyDocumentStore dying = new(fresh.Stores.Documents, write, point, staysDown: true);
            await Record.ExceptionAsync(() => fresh.RemovalOn(dying).DeleteModelAsync(TestStores.Tenant, RegistryWorld.Model, RegistryWorld.Note, default));
            bool isDeleted = await Record.ExceptionAsync(fresh.HeadAsync) is ProblemException;
            await fresh.RegisterAsync("run-3");
            await fresh.SweepAsync();

            Assert.Equal(3, (await fresh.GetAsync("latest")).Sequence);
            Assert.Equal((!isDeleted, !isDeleted, true), (await fresh.HasFileAsync("run-1"), await fresh.HasFileAsync("run-2"), await fresh.HasFileAsync("run-3")));
            Assert.Equal(isDeleted, await Record.ExceptionAsync(() => fresh.GetAsync("v1")) is ProblemException);
            if (!dying.Struck)
            {
                Assert.True(isDeleted && write > 5, "Fewer writes than there are versions to mark.");
                return;
            }
        }
    }

    [Fact]
    public async Task DeleteVersion_WhileItIsPromoted_IsEitherDeployedOrDeletedNeverBoth()
    {
        for (int call = 1; ; call++)
        {
            using RegistryWorld fresh = new();
            await fresh.RegisterAsync("run-1", "run-2");
            InterleavingDocumentStore store = new(
                fresh.Stores.Documents, call, () => Record.ExceptionAsync(() => fresh.MoveAsync("v2", ModelStage.Production, "theirs")));
            Exception? refused = await Record.ExceptionAsync(
                () => fresh.RemovalOn(store).DeleteVersionAsync(TestStores.Tenant, RegistryWorld.Model, "v2", RegistryWorld.Note, default));

            bool isDeployed = (await fresh.HeadAsync()).DeployedSequence == 2;
            Assert.Equal(isDeployed, refused is not null);
            Assert.Equal(isDeployed, await fresh.HasFileAsync("run-2"));
            if (!store.Reached)
            {
                Assert.False(isDeployed);
                return;
            }
        }
    }

    [Fact]
    public async Task Sweep_OfADeletionUnderWay_LeavesItAlone()
    {
        await world.RegisterAsync("run-1");
        FaultyDocumentStore dying = new(world.Stores.Documents, 3, FaultPoint.BeforeWrite, staysDown: true);
        await Record.ExceptionAsync(() => world.RemovalOn(dying).DeleteVersionAsync(TestStores.Tenant, RegistryWorld.Model, "v1", RegistryWorld.Note, default));

        ModelRemoval removal = world.Removal;
        Assert.Equal(0, await removal.SweepAsync(default));
        world.Stores.Clock.Advance(ModelRemoval.SweepAge - TimeSpan.FromTicks(1));
        Assert.Equal(0, await removal.SweepAsync(default));
        world.Stores.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((1, 0), (await removal.SweepAsync(default), await removal.SweepAsync(default)));
    }

    [Fact]
    public async Task Sweep_OfHostsThatLiveForOneSweep_CompletesADeletionAfterADay()
    {
        await world.RegisterAsync("run-1");
        FaultyDocumentStore dying = new(world.Stores.Documents, 3, FaultPoint.BeforeWrite, staysDown: true);
        await Record.ExceptionAsync(() => world.RemovalOn(dying).DeleteVersionAsync(TestStores.Tenant, RegistryWorld.Model, "v1", RegistryWorld.Note, default));

        world.Stores.Clock.Advance(ModelRemoval.SweepAge);
        Assert.Equal((0, 0), (await world.Removal.SweepAsync(default), await world.Removal.SweepAsync(default)));
        world.Stores.Clock.Advance(Sightings.BeyondAnySkew);
        Assert.Equal(1, await world.Removal.SweepAsync(default));
        Assert.False(await world.HasFileAsync("run-1"));
    }

    [Fact]
    public async Task Sweep_OfAHostWhoseClockIsAhead_LeavesADeletionUnderWayAlone()
    {
        await world.RegisterAsync("run-1");
        FaultyDocumentStore dying = new(world.Stores.Documents, 3, FaultPoint.BeforeWrite, staysDown: true);
        await Record.ExceptionAsync(() => world.RemovalOn(dying).DeleteVersionAsync(TestStores.Tenant, RegistryWorld.Model, "v1", RegistryWorld.Note, default));

        ManualTimeProvider ahead = new(world.Stores.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        ModelRemoval theirs = new(world.Stores.Documents, world.Stores.Blobs, ahead);
        Assert.Equal((0, 0), (await theirs.SweepAsync(default), await theirs.SweepAsync(default)));
        ahead.Advance(ModelRemoval.SweepAge);
        Assert.Equal(1, await theirs.SweepAsync(default));
    }

    private async Task<string> SequencesAsync(bool includeDeleted) => string.Join(
        ',', (await world.Registry.VersionsAsync(TestStores.Tenant, RegistryWorld.Model, PageRequest.First, default, includeDeleted)).Items.Select(version => version.Sequence));

    private Task<ModelVersion> DeleteAsync(string label) =>
        world.Removal.DeleteVersionAsync(TestStores.Tenant, RegistryWorld.Model, label, RegistryWorld.Note, default);

    private Task DeleteModelAsync() => world.Removal.DeleteModelAsync(TestStores.Tenant, RegistryWorld.Model, RegistryWorld.Note, default);
}
