using Trainyard.Domain.Ports;
using Trainyard.Storage.Tests.Contracts;
using Trainyard.Testing.Azurite;
using Xunit.Abstractions;

namespace Trainyard.Storage.Tests.Azure;

/// <summary>The contract of documents holds too while one request in ten is refused for being too many, or cut off.</summary>
[RequiresAzurite]
[Collection(AzuriteTests.Name)]
public sealed class BusyDocumentStoreTests(AzuriteFixture azurite, ITestOutputHelper output) : DocumentStoreContract(output)
{
    private BusyService busy = null!;

    protected override int LongestKey => 512;

    protected override async Task<IDocumentStore> OpenAsync() => (busy = await BusyService.StartAsync(azurite, BusyService.OneInTen)).Documents;

    protected override async Task CloseAsync(IDocumentStore store) => await busy.DisposeAsync();
}

/// <summary>The same of blobs.</summary>
[RequiresAzurite]
[Collection(AzuriteTests.Name)]
public sealed class BusyBlobStoreTests(AzuriteFixture azurite) : BlobStoreContract
{
    private BusyService busy = null!;

    protected override int MoreThanAPage => BusyService.PageSize + 5;

    protected override async Task<IBlobStore> OpenAsync() => (busy = await BusyService.StartAsync(azurite, BusyService.OneInTen)).Blobs;

    protected override async Task CloseAsync(IBlobStore store) => await busy.DisposeAsync();
}
