using System.Text;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Tests.Datasets;

public sealed class DatasetResolverTests : IDisposable
{
    private const string Content = "a,b\n1,x\n2,y\n";

    private readonly TestStores stores = new();

    public void Dispose() => stores.Dispose();

    [Theory]
    [InlineData("dataset://sales", 2)]
    [InlineData("dataset://sales/1", 1)]
    [InlineData("DATASET://sales/2", 2)]
    public async Task Resolve_Dataset_IsTheVersionNamed(string uri, int expected)
    {
        await UploadAsync("sales", Content);
        await UploadAsync("sales", Content + "3,z\n");

        Assert.Equal(expected, (await Resolver().ResolveAsync(TestStores.Tenant, uri, default)).Version);
    }

    [Theory]
    [InlineData(null, "dataset_uri_invalid")]
    [InlineData("", "dataset_uri_invalid")]
    [InlineData("sales", "dataset_uri_invalid")]
    [InlineData("dataset://", "dataset_uri_invalid")]
    [InlineData("dataset://sales/0", "dataset_uri_invalid")]
    [InlineData("dataset://sales/1/2", "dataset_uri_invalid")]
    [InlineData("dataset://../etc/passwd", "dataset_uri_invalid")]
    [InlineData("dataset://sa\0les", "dataset_uri_invalid")]
    [InlineData("dataset://none", "dataset_not_found")]
    [InlineData("gs://omni-data/sales_data.csv", "dataset_scheme_unsupported")]
    [InlineData("https://example.org/sales.csv", "dataset_scheme_disabled")]
    [InlineData("file:///etc/passwd", "dataset_scheme_disabled")]
    [InlineData("blob://artifacts/default/secret.csv", "dataset_container_forbidden")]
    [InlineData("blob://imports/../datasets/x.csv", "dataset_uri_invalid")]
    [InlineData("blob://imports/none.csv", "dataset_source_not_found")]
    public async Task ResolveAndCheck_NotUsable_AreRefusedByCode(string? uri, string code)
    {
        Problem resolved = await TestStores.RefusedAsync(() => Resolver().ResolveAsync(TestStores.Tenant, uri, default));
        Problem asked = await TestStores.RefusedAsync(() => Resolver().CheckAsync(TestStores.Tenant, uri, default));

        Assert.Equal((code, code), (resolved.Code, asked.Code));
    }

    [Fact]
    public async Task Resolve_WebAddress_ImportsWhatLiesThereAndForgetsTheSignature()
    {
        FakeWeb web = new(Content);
        DatasetResolver resolver = new(Catalog(), stores.Blobs, new DatasetOptions(), files: null, web);

        DatasetVersion version = await resolver.ResolveAsync(TestStores.Tenant, "https://example.org/2025/sales.csv?sig=secret", default);

        Assert.Equal(("https://example.org/2025/sales.csv?…", DatasetFormat.Csv, "https://example.org/2025/sales.csv?sig=secret"), (version.Source, version.Format, web.Asked));
        Assert.StartsWith("import-sales-", version.Name, StringComparison.Ordinal);
        Problem format = await TestStores.RefusedAsync(() => resolver.ResolveAsync(TestStores.Tenant, "https://example.org/sales.parquet?sig=secret", default));
        Assert.Equal("dataset_format_unknown", format.Code);
        Assert.DoesNotContain("secret", format.Detail, StringComparison.Ordinal);
        web.Content = null;
        Problem gone = await TestStores.RefusedAsync(() => resolver.CheckAsync(TestStores.Tenant, "https://example.org/sales.csv?sig=secret", default));
        Assert.Equal("dataset_source_not_found", gone.Code);
        Assert.DoesNotContain("secret", gone.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_BlobTwice_ImportsOncePerContent()
    {
        await WriteImportAsync(Content);

        DatasetVersion first = await Resolver().ResolveAsync(TestStores.Tenant, "blob://imports/2025/sales data.csv", default);
        DatasetVersion again = await Resolver().ResolveAsync(TestStores.Tenant, "blob://imports/2025/sales data.csv", default);
        await WriteImportAsync(Content + "3,z\n");
        DatasetVersion changed = await Resolver().ResolveAsync(TestStores.Tenant, "blob://imports/2025/sales data.csv", default);

        Assert.Equal(first, again);
        Assert.Equal((1, 2), (first.Version, changed.Version));
        Assert.Equal("blob://imports/2025/sales data.csv", changed.Source);
        Assert.Equal(first.Name, changed.Name);
    }

    [Fact]
    public async Task Resolve_FileOutsideItsRoots_IsRefused()
    {
        DatasetResolver resolver = Resolver(new FakeFiles("/data/", Content));

        Assert.Equal("dataset_path_outside", (await TestStores.RefusedAsync(() => resolver.ResolveAsync(TestStores.Tenant, "file:///data/%2e%2e/etc/x.csv", default))).Code);
        Assert.Equal("dataset_format_unknown", (await TestStores.RefusedAsync(() => resolver.CheckAsync(TestStores.Tenant, "file:///data/x.exe", default))).Code);
        Assert.Equal(2, (await resolver.ResolveAsync(TestStores.Tenant, "file:///data/x.csv", default)).Rows);
    }

    [Fact]
    public async Task Check_OutsideContent_ImportsNothing()
    {
        await WriteImportAsync(Content);

        await Resolver().CheckAsync(TestStores.Tenant, "blob://imports/2025/sales data.csv", default);

        Assert.Empty((await Catalog().ListAsync(TestStores.Tenant, PageRequest.First, default)).Items);
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private Task WriteImportAsync(string content) => stores.Blobs.WriteAsync("imports", "2025/sales data.csv", Text(content), overwrite: true, default);

    private Task<DatasetVersion> UploadAsync(string name, string content) => Catalog().UploadAsync(TestStores.Tenant, new(name, DatasetFormat.Csv), Text(content), default);

    private DatasetCatalog Catalog() => new(stores.Documents, stores.Blobs, stores.Ids, stores.Clock, new DatasetOptions());

    private DatasetResolver Resolver(IFileSource? files = null) => new(Catalog(), stores.Blobs, new DatasetOptions(), files);

    private sealed class FakeFiles(string root, string content) : IFileSource
    {
        public bool TryOpen(string path, out Stream? stream)
        {
            bool inside = path.StartsWith(root, StringComparison.Ordinal);
            stream = inside ? Text(content) : null;
            return inside;
        }
    }

    private sealed class FakeWeb(string? content) : IWebSource
    {
        public string? Content { get; set; } = content;

        public string? Asked { get; private set; }

        public Task<Stream?> OpenAsync(string address, CancellationToken cancellationToken)
        {
            Asked = address;
            return Task.FromResult<Stream?>(Content is null ? null : new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Content)));
        }
    }
}
