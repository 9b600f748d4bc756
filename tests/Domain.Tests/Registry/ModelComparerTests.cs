using Trainyard.Domain.Alerts;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.Artifacts;
using Trainyard.Domain.Registry.Comparison;

namespace Trainyard.Domain.Tests.Registry;

public sealed class ModelComparerTests : IDisposable
{
    private readonly RegistryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Compare_Forecasters_HasNoImportanceAndIsNotTakenForDamaged()
    {
        foreach (string run in new[] { "run-1", "run-2" })
        {
            await world.Registry.RegisterAsync(TestStores.Tenant, RegistryWorld.Registration(run) with { Task = "forecasting" }, default);
        }

        VersionComparison compared = await CompareAsync();

        Assert.Null(compared.Importance);
        Assert.Equal(("rmse", 0), (compared.Metrics[0].Name, compared.Metrics[0].Better));
    }

    [Fact]
    public async Task Compare_FilesThatAreNoModels_IsRefused()
    {
        await world.RegisterAsync("run-1", "run-2");

        Problem problem = await TestStores.RefusedAsync(CompareAsync);

        Assert.Equal("model_corrupt", problem.Code);
    }

    private Task<VersionComparison> CompareAsync() =>
        new ModelComparer(world.Registry, new ModelArtifacts(world.Stores.Blobs, new AlertLog(world.Stores.Documents), world.Stores.Clock))
            .CompareAsync(TestStores.Tenant, RegistryWorld.Model, "v1", "v2", default);
}
