using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Stages;
using Trainyard.Domain.Tests.Pipelines;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Registry;

public sealed class ModelStagesTests : IDisposable
{
    private static readonly (ModelStage From, ModelStage To)[] Allowed =
    [
        (ModelStage.Draft, ModelStage.Staging), (ModelStage.Draft, ModelStage.Archived),
        (ModelStage.Staging, ModelStage.Draft), (ModelStage.Staging, ModelStage.Production), (ModelStage.Staging, ModelStage.Archived),
        (ModelStage.Production, ModelStage.Archived),
        (ModelStage.Archived, ModelStage.Staging),
    ];

    private readonly RegistryWorld world = new();

    public static TheoryData<ModelStage, ModelStage> Moves()
    {
        TheoryData<ModelStage, ModelStage> moves = [];
        foreach (ModelStage from in Enum.GetValues<ModelStage>())
        {
            foreach (ModelStage to in Enum.GetValues<ModelStage>())
            {
                moves.Add(from, to);
            }
        }

        return moves;
    }

    public void Dispose() => world.Dispose();

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task Move_FromEachStageToEach_IsAllowedOrRefusedNamingWhatIs(ModelStage from, ModelStage to)
    {
        await world.RegisterAsync("run-1");
        await BringToAsync(from);

        if (from == to || Allowed.Contains((from, to)))
        {
            Assert.Equal(to, (await world.MoveAsync("v1", to, "move")).Stage);
            Assert.Equal(to, (await world.GetAsync("v1")).Stage);
            Assert.Equal(to == ModelStage.Production ? 1 : null, (await world.HeadAsync()).DeployedSequence);
            return;
        }

        Problem problem = await TestStores.RefusedAsync(() => world.MoveAsync("v1", to, "move"));
        Assert.Equal((ProblemKind.Conflict, "stage_transition_refused"), (problem.Kind, problem.Code));
        Assert.All(
            Allowed.Where(move => move.From == from),
            move => Assert.Contains(move.To.ToString().ToLowerInvariant(), problem.Detail, StringComparison.Ordinal));
        Assert.Equal(from, (await world.GetAsync("v1")).Stage);
    }

    [Fact]
    public async Task Move_ToProduction_IsADeploymentInPlaceOfTheOther()
    {
        await world.RegisterAsync("run-1", "run-2");
        await world.MoveAsync("v1", ModelStage.Production, "move-1");
        await world.MoveAsync("1.1.0", ModelStage.Production, "move-2");

        Assert.Equal((2, 2), ((await world.HeadAsync()).DeployedSequence, (await world.HeadAsync()).DeploymentCount));
        Assert.Equal((ModelStage.Archived, ModelStage.Production), ((await world.GetAsync("v1")).Stage, (await world.GetAsync("v2")).Stage));
    }

    [Fact]
    public async Task Deploy_Draft_IsRefused()
    {
        await world.RegisterAsync("run-1");
        await world.MoveAsync("v1", ModelStage.Draft, "move");

        Problem problem = await TestStores.RefusedAsync(() => world.DeployAsync(1));

        Assert.Equal("stage_transition_refused", problem.Code);
        Assert.Null((await world.HeadAsync()).DeployedSequence);
    }

    [Fact]
    public async Task Move_WhileSomebodyElsePromotesAnother_OneIsDeployedAndTheOtherArchivedOrToldSo()
    {
        int refused = 0;
        for (int call = 1; ; call++)
        {
            using RegistryWorld fresh = new();
            await fresh.RegisterAsync("run-1", "run-2");
            InterleavingDocumentStore store = new(
                fresh.Stores.Documents, call, async () => await fresh.MoveAsync("v2", ModelStage.Production, "theirs"));
            ModelStages ours = new(store, fresh.Stores.Clock, new DeploymentSignal());

            Exception? failure = await Record.ExceptionAsync(
                () => ours.MoveAsync(TestStores.Tenant, RegistryWorld.Model, "v1", ModelStage.Production, "ours", RegistryWorld.Note, default));

            if (!store.Reached)
            {
                Assert.Null(failure);
                Assert.True(refused > 0, "The two never met.");
                return;
            }

            int? deployed = (await fresh.HeadAsync()).DeployedSequence;
            Assert.Equal(failure is null ? 1 : 2, deployed);
            if (failure is not null)
            {
                refused++;
                Problem problem = Assert.IsType<ProblemException>(failure).Problem;
                Assert.Equal((ProblemKind.Conflict, "model_changed_meanwhile"), (problem.Kind, problem.Code));
                Assert.Contains("v2 is deployed", problem.Detail, StringComparison.Ordinal);
                Assert.Equal(ModelStage.Staging, (await fresh.GetAsync("v1")).Stage);
            }
        }
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Move_CrashAtAnyWriteThenRepeated_MovesOnce(FaultPoint point)
    {
        for (int write = 1; ; write++)
        {
            using RegistryWorld fresh = new();
            await fresh.RegisterAsync("run-1");
            FaultyDocumentStore faulty = new(fresh.Stores.Documents, write, point);
            ModelStages dying = new(faulty, fresh.Stores.Clock, new DeploymentSignal());
            await Record.ExceptionAsync(() => dying.MoveAsync(TestStores.Tenant, RegistryWorld.Model, "v1", ModelStage.Production, "op", RegistryWorld.Note, default));
            await fresh.MoveAsync("v1", ModelStage.Production, "op");

            Assert.Equal((1, 1), ((await fresh.HeadAsync()).DeployedSequence, (await fresh.HeadAsync()).DeploymentCount));
            Assert.Equal(3, (await fresh.EventsAsync()).Count);
            if (!faulty.Struck)
            {
                Assert.True(write > 1, "No write was ever made.");
                return;
            }
        }
    }

    private async Task BringToAsync(ModelStage stage)
    {
        if (stage != ModelStage.Staging)
        {
            await world.MoveAsync("v1", stage, "bring");
        }
    }
}
