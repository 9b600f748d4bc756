using System.Text;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Tests.Datasets;

public sealed class TableCacheTests : IDisposable
{
    // Two rows of two numbers, eight bytes each.
    private const string Csv = "x,y\n1,2\n3,4\n";
    private const long TableBytes = 32;

    private readonly TestStores stores = new();
    private readonly CountingBlobStore blobs;

    public TableCacheTests() => blobs = new CountingBlobStore(stores.Blobs);

    public void Dispose() => stores.Dispose();

    [Fact]
    public async Task Get_ManyAtOnce_ReadsTheVersionOnce()
    {
        (TableCache cache, DatasetVersion version) = await CacheAsync();
        int before = blobs.Reads;

        Table[] tables = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => cache.GetAsync(TestStores.Tenant, version, default))));

        Assert.Single(tables.Distinct());
        Assert.Equal((before + 1, 1), (blobs.Reads, cache.Count));
    }

    [Fact]
    public async Task Get_OverTheBound_KeepsWhatWasUsedLast()
    {
        (TableCache cache, DatasetVersion first) = await CacheAsync(maxBytes: (2 * TableBytes) + 1);
        DatasetVersion second = await UploadAsync("second");
        DatasetVersion third = await UploadAsync("third");
        await GetAsync(cache, first);
        await GetAsync(cache, second);
        await GetAsync(cache, first);
        await GetAsync(cache, third);
        int before = blobs.Reads;

        await GetAsync(cache, first);
        await GetAsync(cache, third);
        Assert.Equal((before, 2), (blobs.Reads, cache.Count));

        await GetAsync(cache, second);
        Assert.Equal((before + 1, 2), (blobs.Reads, cache.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(TableBytes - 1)]
    public async Task Get_OfATableOverTheBound_IsAnsweredAndNotKept(long maxBytes)
    {
        (TableCache cache, DatasetVersion version) = await CacheAsync(maxBytes);

        Assert.Equal(2, (await cache.GetAsync(TestStores.Tenant, version, default)).RowCount);

        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task Get_OfText_CountsItsLetters()
    {
        (TableCache cache, _) = await CacheAsync(maxBytes: 100);
        await GetAsync(cache, await UploadAsync("words", $"x,word\n1,{new string('a', 60)}\n2,b\n"));

        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task Get_OfAnotherTenantsVersionOfTheSameContent_IsReadForItself()
    {
        (TableCache cache, DatasetVersion version) = await CacheAsync();
        await GetAsync(cache, version);
        Assert.True(TenantId.TryParse("contoso", out TenantId? contoso));

        Problem problem = await TestStores.RefusedAsync(() => cache.GetAsync(contoso, version, default));

        Assert.Equal("dataset_corrupt", problem.Code);
    }

    [Fact]
    public async Task Get_AfterAFailure_ReadsAgain()
    {
        (TableCache cache, DatasetVersion version) = await CacheAsync();
        string path = $"default/first/{version.ContentId}/content";
        await stores.Blobs.WriteAsync("datasets", path, Text("x,y\n1,2\n3,5\n"), overwrite: true, default);
        Assert.Equal("dataset_corrupt", (await TestStores.RefusedAsync(() => cache.GetAsync(TestStores.Tenant, version, default))).Code);

        await stores.Blobs.WriteAsync("datasets", path, Text(Csv), overwrite: true, default);

        Assert.Equal(2, (await cache.GetAsync(TestStores.Tenant, version, default)).RowCount);
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private DatasetCatalog Catalog() => new(stores.Documents, blobs, stores.Ids, stores.Clock, new DatasetOptions());

    private Task<Table> GetAsync(TableCache cache, DatasetVersion version)
    {
        stores.Clock.Advance(TimeSpan.FromSeconds(1));
        return cache.GetAsync(TestStores.Tenant, version, default);
    }

    private async Task<(TableCache Cache, DatasetVersion Version)> CacheAsync(long maxBytes = 1_000) =>
        (new TableCache(Catalog(), new DatasetOptions { MaxCachedTableBytes = maxBytes }, stores.Clock), await UploadAsync("first"));

    private async Task<DatasetVersion> UploadAsync(string name, string csv = Csv) =>
        await Catalog().UploadAsync(TestStores.Tenant, new DatasetUpload(name, DatasetFormat.Csv), Text(csv), default);
}
