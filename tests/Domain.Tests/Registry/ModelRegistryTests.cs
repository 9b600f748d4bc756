using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Registry;

public sealed class ModelRegistryTests : IDisposable
{
    private readonly TestStores stores = new();

    public void Dispose() => stores.Dispose();

    [Fact]
    public async Task Register_FirstOfAModel_IsVersionOne()
    {
        ModelVersion version = await RegisterAsync("run-1");

        Assert.Equal(("v1", "1.0.0", ModelStage.Staging), (version.Label, version.Version.ToString(), version.Stage));
        Assert.Equal("model://forecaster/v1/model.tym", version.Uri);
    }

    [Fact]
    public async Task Register_SameRunTwice_IsOneVersion()
    {
        ModelVersion first = await RegisterAsync("run-1");
        ModelVersion again = await RegisterAsync("run-1");

        Assert.Equal(first.Sequence, again.Sequence);
        Assert.Single((await Registry().VersionsAsync(TestStores.Tenant, "forecaster", PageRequest.First, default)).Items);
    }

    [Fact]
    public async Task Register_SameFileOrRetrainedOrWithOtherInputs_RaisesPatchOrMinorOrMajor()
    {
        ModelVersion first = await RegisterAsync("run-1");
        ModelVersion retrained = await RegisterAsync("run-2");
        ModelVersion described = await Registry().RegisterAsync(
            TestStores.Tenant, Registration("run-2b") with { Artifact = Registration("run-2").Artifact }, default);
        ModelVersion changed = await Registry().RegisterAsync(
            TestStores.Tenant, Registration("run-3") with { Inputs = [new("area", "number"), new("colour", "category")] }, default);

        Assert.Equal(("1.1.0", "1.1.1", "2.0.0"), (retrained.Version.ToString(), described.Version.ToString(), changed.Version.ToString()));
        Assert.Equal((2, 3, 4), (retrained.Sequence, described.Sequence, changed.Sequence));
        Assert.Equal((null, 1, 2, 3), (first.Lineage.Parent, retrained.Lineage.Parent, described.Lineage.Parent, changed.Lineage.Parent));
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Register_CrashAtAnyWriteThenRepeated_MakesOneVersion(FaultPoint point)
    {
        for (int write = 1; ; write++)
        {
            using TestStores fresh = new();
            FaultyDocumentStore faulty = new(fresh.Documents, write, point);
            await Record.ExceptionAsync(() => Registry(fresh, faulty).RegisterAsync(TestStores.Tenant, Registration("run-1"), default));
            ModelVersion repeated = await Registry(fresh, fresh.Documents).RegisterAsync(TestStores.Tenant, Registration("run-1"), default);
            ResultPage<ModelOverview> models = await Registry(fresh, fresh.Documents).ListAsync(TestStores.Tenant, PageRequest.First, default);

            Assert.Equal(1, repeated.Sequence);
            Assert.Equal(repeated.ModelId, Assert.Single(models.Items).Model.Id);
            if (!faulty.Struck)
            {
                Assert.True(write > 1, "No write was ever made.");
                return;
            }
        }
    }

    [Fact]
    public async Task Register_ManyRunsAtOnce_NumbersEachOnce()
    {
        ModelVersion[] versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(run => RegisterAsync($"run-{run % 10}")));

        Assert.Equal(Enumerable.Range(1, 10), versions.Select(version => version.Sequence).Distinct().Order());
        Assert.All(versions.GroupBy(version => version.Lineage.RunId), run => Assert.Single(run.Select(version => version.Sequence).Distinct()));
    }

    [Fact]
    public async Task Get_ByIdAndByName_IsTheSameModel()
    {
        ModelVersion version = await RegisterAsync("run-1");

        Assert.Equal(
            (await Registry().GetAsync(TestStores.Tenant, "forecaster", default)).Model.Id,
            (await Registry().GetAsync(TestStores.Tenant, version.ModelId, default)).Model.Id);
    }

    [Theory]
    [InlineData("v2", 2)]
    [InlineData("2", 2)]
    [InlineData("1.0.0", 1)]
    public async Task GetVersion_ByLabelOrSemanticVersion_IsFound(string text, int sequence)
    {
        await RegisterAsync("run-1");
        await RegisterAsync("run-2");

        Assert.Equal(sequence, (await Registry().GetVersionAsync(TestStores.Tenant, "forecaster", text, default)).Sequence);
    }

    [Fact]
    public async Task Deploy_ThenNewer_ArchivesTheOldAndSaysWhatItReplaced()
    {
        await RegisterAsync("run-1");
        await RegisterAsync("run-2");
        Deployment first = await Registry().DeployAsync(TestStores.Tenant, "forecaster", 1, "run-1", default);
        Deployment second = await Registry().DeployAsync(TestStores.Tenant, "forecaster", 2, "run-2", default);
        ResultPage<ModelVersion> versions = await Registry().VersionsAsync(TestStores.Tenant, "forecaster", PageRequest.First, default);

        Assert.Equal((null, 1), (first.PreviousSequence, second.PreviousSequence));
        Assert.Equal([ModelStage.Production, ModelStage.Archived], versions.Items.Select(version => version.Stage));
        Assert.Equal([2, 1], (await Registry().DeploymentsAsync(TestStores.Tenant, "forecaster", PageRequest.First, default)).Items.Select(entry => entry.Number));
    }

    [Fact]
    public async Task Deploy_RepeatedAfterALaterDeployment_AnswersAsTheFirstTimeAndChangesNothing()
    {
        await RegisterAsync("run-1");
        await RegisterAsync("run-2");
        Deployment first = await Registry().DeployAsync(TestStores.Tenant, "forecaster", 1, "run-1", default);
        await Registry().DeployAsync(TestStores.Tenant, "forecaster", 2, "run-2", default);

        Deployment repeated = await Registry().DeployAsync(TestStores.Tenant, "forecaster", 1, "run-1", default);

        Assert.Equal(first, repeated);
        Assert.Equal(2, (await Registry().GetAsync(TestStores.Tenant, "forecaster", default)).Model.DeployedSequence);
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Deploy_CrashThenRepeated_DeploysOnce(FaultPoint point)
    {
        await RegisterAsync("run-1");
        FaultyDocumentStore faulty = new(stores.Documents, 1, point);
        await Assert.ThrowsAsync<InjectedFaultException>(() => Registry(stores, faulty).DeployAsync(TestStores.Tenant, "forecaster", 1, "run-1", default));

        Deployment repeated = await Registry().DeployAsync(TestStores.Tenant, "forecaster", 1, "run-1", default);

        Assert.Equal((1, 1, null), (repeated.Number, repeated.Sequence, repeated.PreviousSequence));
    }

    [Fact]
    public async Task Undo_OfTheLastDeployment_BringsBackWhatWasThere()
    {
        await RegisterAsync("run-1");
        await RegisterAsync("run-2");
        await Registry().DeployAsync(TestStores.Tenant, "forecaster", 1, "run-1", default);
        await Registry().DeployAsync(TestStores.Tenant, "forecaster", 2, "run-2", default);

        Deployment? undone = await Registry().UndoDeploymentAsync(TestStores.Tenant, "forecaster", "run-2", default);
        Deployment? again = await Registry().UndoDeploymentAsync(TestStores.Tenant, "forecaster", "run-2", default);

        Assert.Equal(1, undone!.Sequence);
        Assert.Equal(undone, again);
        Assert.Equal(1, (await Registry().GetAsync(TestStores.Tenant, "forecaster", default)).Model.DeployedSequence);
        Assert.Equal(ModelStage.Production, (await Registry().GetVersionAsync(TestStores.Tenant, "forecaster", "v1", default)).Stage);
    }

    [Fact]
    public async Task Undo_WhenSomethingElseWasDeployedSince_ChangesNothing()
    {
        await RegisterAsync("run-1");
        await RegisterAsync("run-2");
        await Registry().DeployAsync(TestStores.Tenant, "forecaster", 1, "run-1", default);
        await Registry().DeployAsync(TestStores.Tenant, "forecaster", 2, "run-2", default);

        Assert.Null(await Registry().UndoDeploymentAsync(TestStores.Tenant, "forecaster", "run-1", default));
        Assert.Null(await Registry().UndoDeploymentAsync(TestStores.Tenant, "forecaster", "never", default));
        Assert.Equal(2, (await Registry().GetAsync(TestStores.Tenant, "forecaster", default)).Model.DeployedSequence);
    }

    [Fact]
    public async Task Undo_BeforeTheDeployment_KeepsItFromHappening()
    {
        await RegisterAsync("run-1");
        Assert.Null(await Registry().UndoDeploymentAsync(TestStores.Tenant, "forecaster", "run-1", default));

        Problem problem = await TestStores.RefusedAsync(() => Registry().DeployAsync(TestStores.Tenant, "forecaster", 1, "run-1", default));

        Assert.Equal((ProblemKind.Conflict, "operation_withdrawn"), (problem.Kind, problem.Code));
        Assert.Null((await Registry().GetAsync(TestStores.Tenant, "forecaster", default)).Model.DeployedSequence);
        Assert.Null(await Registry().UndoDeploymentAsync(TestStores.Tenant, "forecaster", "run-1", default));
    }

    [Fact]
    public async Task Undo_AfterWhatItReplacedWasUndone_GoesBackFurther()
    {
        await RegisterAsync("run-1");
        await RegisterAsync("run-2");
        await RegisterAsync("run-3");
        await Registry().DeployAsync(TestStores.Tenant, "forecaster", 1, "run-1", default);
        await Registry().DeployAsync(TestStores.Tenant, "forecaster", 2, "run-2", default);
        await Registry().DeployAsync(TestStores.Tenant, "forecaster", 3, "run-3", default);
        Assert.Null(await Registry().UndoDeploymentAsync(TestStores.Tenant, "forecaster", "run-2", default));

        Deployment? undone = await Registry().UndoDeploymentAsync(TestStores.Tenant, "forecaster", "run-3", default);

        Assert.Equal((3, 1), (undone!.PreviousSequence, undone.Sequence));
        Assert.Equal(1, (await Registry().GetAsync(TestStores.Tenant, "forecaster", default)).Model.DeployedSequence);
        Assert.Null((await Registry().UndoDeploymentAsync(TestStores.Tenant, "forecaster", "run-1", default))?.Sequence);
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Undo_CrashThenRepeated_UndoesOnce(FaultPoint point)
    {
        await RegisterAsync("run-1");
        await RegisterAsync("run-2");
        await Registry().DeployAsync(TestStores.Tenant, "forecaster", 1, "run-1", default);
        await Registry().DeployAsync(TestStores.Tenant, "forecaster", 2, "run-2", default);
        FaultyDocumentStore faulty = new(stores.Documents, 1, point);
        await Assert.ThrowsAsync<InjectedFaultException>(() => Registry(stores, faulty).UndoDeploymentAsync(TestStores.Tenant, "forecaster", "run-2", default));

        Deployment? repeated = await Registry().UndoDeploymentAsync(TestStores.Tenant, "forecaster", "run-2", default);

        Assert.Equal((3, 1), (repeated!.Number, repeated.Sequence));
    }

    [Fact]
    public async Task Seal_BeforeTheRegistration_KeepsItFromHappening()
    {
        Assert.Null(await Registry().SealRegistrationAsync(TestStores.Tenant, "forecaster", "run-1", default));

        Problem problem = await TestStores.RefusedAsync(() => RegisterAsync("run-1"));

        Assert.Equal((ProblemKind.Conflict, "operation_withdrawn"), (problem.Kind, problem.Code));
        Assert.Null(await Registry().FindByRunAsync(TestStores.Tenant, "forecaster", "run-1", default));
        Assert.Empty((await Registry().ListAsync(TestStores.Tenant, PageRequest.First, default)).Items);
        Assert.Equal(1, (await RegisterAsync("run-2")).Sequence);
    }

    [Fact]
    public async Task Seal_AfterTheRegistration_AnswersTheVersion()
    {
        ModelVersion registered = await RegisterAsync("run-1");

        Assert.Equal(registered.Sequence, (await Registry().SealRegistrationAsync(TestStores.Tenant, "forecaster", "run-1", default))?.Sequence);
        Assert.Equal(registered.Sequence, (await RegisterAsync("run-1")).Sequence);
    }

    [Theory]
    [InlineData("none", "model_not_found")]
    [InlineData("../etc", "name_invalid")]
    [InlineData("", "name_invalid")]
    public async Task Get_NotThere_IsRefusedByCode(string id, string code) =>
        Assert.Equal(code, (await TestStores.RefusedAsync(() => Registry().GetAsync(TestStores.Tenant, id, default))).Code);

    [Fact]
    public async Task Deploy_VersionNotThere_IsRefused()
    {
        await RegisterAsync("run-1");

        Problem problem = await TestStores.RefusedAsync(() => Registry().DeployAsync(TestStores.Tenant, "forecaster", 7, "run-1", default));

        Assert.Equal((ProblemKind.NotFound, "model_version_not_found"), (problem.Kind, problem.Code));
    }

    private static ModelRegistration Registration(string runId) => RegistryWorld.Registration(runId);

    private static ModelRegistry Registry(TestStores stores, IDocumentStore documents) => new(documents, stores.Ids, stores.Clock, new DeploymentSignal());

    private ModelRegistry Registry() => Registry(stores, stores.Documents);

    private Task<ModelVersion> RegisterAsync(string runId) => Registry().RegisterAsync(TestStores.Tenant, Registration(runId), default);
}
