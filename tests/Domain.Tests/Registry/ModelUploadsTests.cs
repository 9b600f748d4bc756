using System.Text;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Registry.Uploads;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Learning;
using Trainyard.Learning.ModelFile;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Registry;

public sealed class ModelUploadsTests : IDisposable
{
    private static readonly byte[] File = TabularModelFile.ToBytes(ServingWorld.Classifier());

    private readonly RegistryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Register_OwnFile_IsAVersionThatSaysWhereItComesFrom()
    {
        ModelVersion version = await UploadAsync(world, world.Stores.Documents);

        Assert.Equal(("v1", ModelStage.Staging, "classification", "kind"), (version.Label, version.Stage, version.Task, version.Lineage.TargetColumn));
        Assert.Equal((null, "tym", version.Artifact.Sha256), (version.Lineage.DatasetUri, version.Lineage.Source?.Format, version.Lineage.Source?.Sha256));
        Assert.Equal(["size", "weight", "colour"], version.Inputs.Select(input => input.Name));
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite, true)]
    [InlineData(FaultPoint.AfterWrite, true)]
    [InlineData(FaultPoint.BeforeWrite, false)]
    [InlineData(FaultPoint.AfterWrite, false)]
    public async Task Register_CrashAtAnyWriteThenSweptOrRepeated_LeavesNoFileWithoutAVersion(FaultPoint point, bool isRepeated)
    {
        for (int write = 1; ; write++)
        {
            using RegistryWorld fresh = new();
            FaultyDocumentStore dying = new(fresh.Stores.Documents, write, point, staysDown: true);
            await Record.ExceptionAsync(() => UploadAsync(fresh, dying));
            if (isRepeated)
            {
                await UploadAsync(fresh, fresh.Stores.Documents);
            }

            fresh.Stores.Clock.Advance(ModelRemoval.SweepAge + TimeSpan.FromSeconds(1));
            await fresh.Removal.SweepAsync(default);

            ModelVersion? version = await fresh.Registry.FindByRunAsync(TestStores.Tenant, RegistryWorld.Model, "upload-1", default);
            Assert.Equal(version is null ? 0 : 1, await CountAsync(fresh));
            Assert.True(version is not null || !isRepeated);
            Assert.Equal(0, await fresh.Removal.SweepAsync(default));
            if (!dying.Struck)
            {
                Assert.True(write > 3, "A mark, the model, the version and the mark's end were expected.");
                return;
            }
        }
    }

    [Fact]
    public async Task Register_WhatIsNoModel_IsRefusedBeforeAnythingIsStored()
    {
        LearningException refused = await Assert.ThrowsAsync<LearningException>(() => UploadAsync(world, world.Stores.Documents, Encoding.UTF8.GetBytes(" {} ")));

        Assert.Equal("model_import_invalid", refused.Code);
        Assert.Equal(0, await CountAsync(world));
    }

    private static async Task<int> CountAsync(RegistryWorld world)
    {
        int count = 0;
        await foreach (BlobStat blob in world.Stores.Blobs.ListAsync("artifacts", string.Empty, default))
        {
            count += blob.Path.EndsWith("model.tym", StringComparison.Ordinal) ? 1 : 0;
        }

        return count;
    }

    private static Task<ModelVersion> UploadAsync(RegistryWorld world, IDocumentStore documents, byte[]? file = null) =>
        new ModelUploads(documents, world.Stores.Blobs, world.Stores.Clock, world.RegistryOn(documents))
            .RegisterAsync(TestStores.Tenant, new ModelUpload(RegistryWorld.Model), file ?? File, "upload-1", RegistryWorld.Note, default);
}
