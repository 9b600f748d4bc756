using System.Text;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Datasets;

public sealed class DatasetCatalogTests : IDisposable
{
    private const string Flowers = "length,width,kind\n1.5,2,a\n3,4,b\n";

    private readonly TestStores stores = new();

    public void Dispose() => stores.Dispose();

    [Fact]
    public async Task Upload_NewName_IsVersionOneWithItsFigures()
    {
        DatasetVersion version = await UploadAsync(Catalog(), Flowers);

        Assert.Equal((1, 2, 3, (long)Flowers.Length), (version.Version, version.Rows, version.Columns, version.Bytes));
        Assert.Equal("dataset://flowers/1", version.Uri);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Flowers))), version.Sha256);
    }

    [Fact]
    public async Task Upload_SameNameAgain_CountsOnAndKeepsBoth()
    {
        DatasetCatalog catalog = Catalog();
        await UploadAsync(catalog, Flowers);
        DatasetVersion second = await UploadAsync(catalog, Flowers + "5,6,a\n");

        ResultPage<DatasetVersion> versions = await catalog.VersionsAsync(TestStores.Tenant, "flowers", PageRequest.First, default);

        Assert.Equal(2, second.Version);
        Assert.Equal([2, 1], versions.Items.Select(version => version.Version));
        Assert.Equal(2, (await catalog.GetAsync(TestStores.Tenant, "flowers", 1, default)).Rows);
        Assert.Equal(3, (await catalog.GetAsync(TestStores.Tenant, "flowers", null, default)).Rows);
    }

    [Fact]
    public async Task Upload_ManyAtOnce_EachGetsANumberOfItsOwn()
    {
        DatasetCatalog catalog = Catalog();

        DatasetVersion[] versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => UploadAsync(catalog, $"{Flowers}{index},0,a\n")));

        Assert.Equal(Enumerable.Range(1, 20), versions.Select(version => version.Version).Order());
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Upload_CrashAtAnyWriteThenRepeated_MakesOneVersion(FaultPoint point)
    {
        for (int write = 1; ; write++)
        {
            using TestStores fresh = new();
            FaultyDocumentStore faulty = new(fresh.Documents, write, point);
            DatasetUpload upload = new("flowers", DatasetFormat.Csv) { UploadId = "request-1" };
            await Record.ExceptionAsync(() => Catalog(fresh, faulty).UploadAsync(TestStores.Tenant, upload, Text(Flowers), default));
            DatasetVersion repeated = await Catalog(fresh, fresh.Documents).UploadAsync(TestStores.Tenant, upload, Text(Flowers), default);
            ResultPage<DatasetVersion> versions = await Catalog(fresh, fresh.Documents).VersionsAsync(TestStores.Tenant, "flowers", PageRequest.First, default);

            Assert.Equal(1, repeated.Version);
            Assert.Single(versions.Items);
            if (!faulty.Struck)
            {
                Assert.True(write > 1, "No write was ever made.");
                return;
            }
        }
    }

    [Fact]
    public async Task Upload_SameIdOtherContent_IsRefused()
    {
        DatasetCatalog catalog = Catalog();
        DatasetUpload upload = new("flowers", DatasetFormat.Csv) { UploadId = "request-1" };
        await catalog.UploadAsync(TestStores.Tenant, upload, Text(Flowers), default);

        Problem problem = await TestStores.RefusedAsync(() => catalog.UploadAsync(TestStores.Tenant, upload, Text(Flowers + "9,9,a\n"), default));

        Assert.Equal("idempotency_key_reused", problem.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n")]
    [InlineData("a,b\n1,2\n3\n")]
    public async Task Upload_UnreadableContent_LeavesNothing(string content)
    {
        await Assert.ThrowsAsync<LearningException>(() => UploadAsync(Catalog(), content));

        Assert.Equal("dataset_not_found", (await TestStores.RefusedAsync(() => Catalog().GetAsync(TestStores.Tenant, "flowers", null, default))).Code);
        Assert.Empty(await BlobsAsync());
    }

    [Fact]
    public async Task Upload_OverTheLimit_IsRefusedAndLeavesNothing()
    {
        DatasetCatalog catalog = Catalog(options: new DatasetOptions { MaxUploadBytes = 10 });

        Problem problem = await TestStores.RefusedAsync(() => UploadAsync(catalog, Flowers));

        Assert.Equal((ProblemKind.TooLarge, "dataset_too_large"), (problem.Kind, problem.Code));
        Assert.Empty(await BlobsAsync());
    }

    [Fact]
    public async Task Upload_EndlessLine_StopsAtTheLineLimit()
    {
        EndlessStream endless = new((byte)'x');

        Problem problem = await TestStores.RefusedAsync(() => Catalog().UploadAsync(TestStores.Tenant, new("flowers", DatasetFormat.Csv), endless, default));

        Assert.Equal(("dataset_line_too_long", 1L), (problem.Code, problem.Row));
        Assert.InRange(endless.Served, 1, 4 * ReadLimits.DefaultMaxLineBytes);
    }

    [Theory]
    [InlineData("../secrets")]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("📈")]
    [InlineData("-leading")]
    public async Task Upload_NameOutsideTheAlphabet_IsRefused(string name)
    {
        Problem problem = await TestStores.RefusedAsync(() => Catalog().UploadAsync(TestStores.Tenant, new(name, DatasetFormat.Csv), Text(Flowers), default));

        Assert.Equal(("name_invalid", "name"), (problem.Code, problem.Field));
    }

    [Fact]
    public async Task Profile_OfAVersion_IsWhatTheTableGives()
    {
        DatasetCatalog catalog = Catalog();
        DatasetVersion version = await UploadAsync(catalog, Flowers);

        TableProfile profile = await catalog.ProfileAsync(TestStores.Tenant, version, default);

        Assert.Equal(["length", "width", "kind"], profile.Columns.Select(column => column.Name));
        Assert.Equal(2.25, profile.Columns[0].Number!.Mean);
    }

    [Fact]
    public async Task LoadTable_ContentChangedBehindOurBack_IsRefused()
    {
        DatasetCatalog catalog = Catalog();
        DatasetVersion version = await UploadAsync(catalog, Flowers);
        Assert.Equal(2, (await catalog.LoadTableAsync(TestStores.Tenant, version, default)).RowCount);
        await stores.Blobs.WriteAsync("datasets", $"default/flowers/{version.ContentId}/content", Text(Flowers.Replace('3', '8')), overwrite: true, default);

        Problem problem = await TestStores.RefusedAsync(() => catalog.LoadTableAsync(TestStores.Tenant, version, default));

        Assert.Equal("dataset_corrupt", problem.Code);
    }

    [Fact]
    public async Task Delete_ThenUpload_NeverReusesANumber()
    {
        DatasetCatalog catalog = Catalog();
        await UploadAsync(catalog, Flowers);
        await catalog.DeleteAsync(TestStores.Tenant, "flowers", default);

        Assert.Equal("dataset_not_found", (await TestStores.RefusedAsync(() => catalog.GetAsync(TestStores.Tenant, "flowers", 1, default))).Code);
        Assert.Empty((await catalog.ListAsync(TestStores.Tenant, PageRequest.First, default)).Items);
        DatasetVersion next = await UploadAsync(catalog, Flowers);
        Assert.Equal(2, next.Version);
        Assert.Equal("dataset_version_not_found", (await TestStores.RefusedAsync(() => catalog.GetAsync(TestStores.Tenant, "flowers", 1, default))).Code);
        Assert.Equal([2], (await catalog.VersionsAsync(TestStores.Tenant, "flowers", PageRequest.First, default)).Items.Select(version => version.Version));
    }

    [Fact]
    public async Task List_OfAnotherTenant_IsEmpty()
    {
        Assert.True(TenantId.TryParse("other", out TenantId? other));
        await UploadAsync(Catalog(), Flowers);

        Assert.Empty((await Catalog().ListAsync(other, PageRequest.First, default)).Items);
        Assert.Equal("dataset_not_found", (await TestStores.RefusedAsync(() => Catalog().GetAsync(other, "flowers", null, default))).Code);
    }

    [Fact]
    public async Task List_PageByPage_NamesEachOnce()
    {
        DatasetCatalog catalog = Catalog();
        foreach (int index in Enumerable.Range(0, 7))
        {
            await catalog.UploadAsync(TestStores.Tenant, new($"set{index}", DatasetFormat.Csv), Text(Flowers), default);
        }

        List<string> names = [];
        string? continuation = null;
        do
        {
            ResultPage<DatasetVersion> page = await catalog.ListAsync(TestStores.Tenant, PageRequest.Create(3, continuation), default);
            names.AddRange(page.Items.Select(item => item.Name));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(index => $"set{index}"), names);
    }

    [Fact]
    public async Task Sweep_OldContentOfAnyTenantWithoutAVersion_IsRemovedAndTheRestStays()
    {
        DatasetVersion kept = await UploadAsync(Catalog(), Flowers);
        await stores.Blobs.WriteAsync("datasets", "default/flowers/orphan/content", Text(Flowers), overwrite: false, default);
        await stores.Blobs.WriteAsync("datasets", "other/flowers/orphan/content", Text(Flowers), overwrite: false, default);
        DatasetSweeper sweeper = new(stores.Documents, stores.Blobs, stores.Clock, new DatasetOptions());

        int early = await sweeper.SweepAsync(default);
        stores.Clock.Advance(TimeSpan.FromHours(25));
        int late = await sweeper.SweepAsync(default);

        Assert.Equal((0, 2), (early, late));
        Assert.Equal(2, (await Catalog().LoadTableAsync(TestStores.Tenant, kept, default)).RowCount);
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static DatasetCatalog Catalog(TestStores stores, IDocumentStore documents, DatasetOptions? options = null) =>
        new(documents, stores.Blobs, stores.Ids, stores.Clock, options ?? new DatasetOptions());

    private static Task<DatasetVersion> UploadAsync(DatasetCatalog catalog, string content) =>
        catalog.UploadAsync(TestStores.Tenant, new("flowers", DatasetFormat.Csv), Text(content), default);

    private DatasetCatalog Catalog(DatasetOptions? options = null) => Catalog(stores, stores.Documents, options);

    private async Task<IReadOnlyList<string>> BlobsAsync()
    {
        List<string> paths = [];
        await foreach (BlobStat blob in stores.Blobs.ListAsync("datasets", "", default))
        {
            paths.Add(blob.Path);
        }

        return paths;
    }
}
