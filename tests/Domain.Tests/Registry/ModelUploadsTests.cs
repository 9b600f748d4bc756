using System.Text;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Registry.Uploads;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Learners;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Registry;

public sealed class ModelUploadsTests : IDisposable
{
    private static readonly byte[] File = TabularModelFile.ToBytes(ServingWorld.Classifier());

    private static readonly LearnerEngine Guests = new("guests", [new LearnerEntry(new GuestLearner("guests.first"), GuestLearner.Read)]);

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

    [Fact]
    public async Task Register_FileOfAnAnomalyModel_HasTheTaskThatATrainedOneHas()
    {
        Table rows = ServingWorld.Rows();
        TabularFit fit = new(rows, TargetEncoding.Infer(rows, "kind", LearningTask.AnomalyDetection), LearnerCatalog.Get("isolation_forest"));
        byte[] file = TabularModelFile.ToBytes(TabularTrainer.Fit(fit, default));

        ModelVersion version = await UploadAsync(world, world.Stores.Documents, file);

        Assert.Equal("anomaly_detection", version.Task);
    }

    [Theory]
    [InlineData(null, null, "target", "time")]
    [InlineData("co2", "month", "co2", "month")]
    public async Task Register_FileOfAForecaster_HasTheNamesThatAreSaid(string? target, string? times, string targetColumn, string timeColumn)
    {
        ModelUpload upload = new(RegistryWorld.Model) { Target = target, Columns = times is null ? null : [times] };
        ModelVersion version = await UploadAsync(world, world.Stores.Documents, ForecasterBytes(), upload);

        Assert.Equal(("forecasting", "seasonal_naive", "tym", targetColumn), (version.Task, version.Learner, version.Lineage.Source?.Format, version.Lineage.TargetColumn));
        Assert.Equal([new ModelInput(timeColumn, "date")], version.Inputs);
    }

    [Fact]
    public async Task Register_FileOfAForecasterWithClassesOrTwoColumns_IsRefused()
    {
        foreach ((string field, ModelUpload upload) in new (string, ModelUpload)[]
        {
            ("classes", new ModelUpload(RegistryWorld.Model) { Classes = ["a", "b"] }),
            ("columns", new ModelUpload(RegistryWorld.Model) { Columns = ["month", "year"] }),
        })
        {
            Problem problem = (await Assert.ThrowsAsync<ProblemException>(() => UploadAsync(world, world.Stores.Documents, ForecasterBytes(), upload))).Problem;
            Assert.Equal(("upload_option_unused", field), (problem.Code, problem.Field));
        }

        Assert.Equal(0, await CountAsync(world));
    }

    [Fact]
    public async Task Register_FileOfAForecasterCutShort_IsRefused()
    {
        LearningException refused = await Assert.ThrowsAsync<LearningException>(() => UploadAsync(world, world.Stores.Documents, ForecasterBytes()[..^5]));

        Assert.Equal("model_file_truncated", refused.Code);
    }

    [Fact]
    public async Task Register_FileOfAnEngineThatIsNotMadeForUploads_IsRefusedBeforeAnythingIsStored()
    {
        LearningException refused = await Assert.ThrowsAsync<LearningException>(() => UploadAsync(world, world.Stores.Documents, ForeignBytes()));

        Assert.Equal(("model_file_untrusted", "learner"), (refused.Code, refused.Field));
        Assert.Equal(0, await CountAsync(world));
    }

    [Fact]
    public async Task Register_CopyOfAVersionThatAnEngineTrained_IsAVersion()
    {
        await world.RegisterAsync("run-1");
        ModelVersion source = await world.Registry.GetVersionAsync(TestStores.Tenant, RegistryWorld.Model, "v1", default);

        ModelVersion copy = await UploadAsync(world, world.Stores.Documents, ForeignBytes(), new ModelUpload(RegistryWorld.Model).ForCopyOf(source));

        Assert.Equal(("v2", "guests.first"), (copy.Label, copy.Learner));
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

            await fresh.SweepAsync();

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

    // An engine whose learner is one of ours under another name. It brings no candidates, so that no other test meets it.
    private static byte[] ForeignBytes()
    {
        LearnerCatalog.Add(Guests);
        Table rows = ServingWorld.Rows();
        return TabularModelFile.ToBytes(TabularTrainer.Fit(new TabularFit(rows, TargetEncoding.Infer(rows, "kind"), LearnerCatalog.Get("guests.first")), default));
    }

    private static byte[] ForecasterBytes()
    {
        TimeSeries series = new(TimeAxis.Durations(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), TimeSpan.FromDays(1)), Enumerable.Range(0, 28).Select(day => (double)(day % 7)));
        return ForecasterFile.ToBytes(Forecaster.Fit(new ForecastFit(series, ForecastCatalog.Get("seasonal_naive")), default));
    }

    private static Task<ModelVersion> UploadAsync(RegistryWorld world, IDocumentStore documents, byte[]? file = null, ModelUpload? upload = null) =>
        new ModelUploads(documents, world.Stores.Blobs, world.Stores.Clock, world.RegistryOn(documents))
            .RegisterAsync(TestStores.Tenant, upload ?? new ModelUpload(RegistryWorld.Model), file ?? File, "upload-1", RegistryWorld.Note, default);
}
