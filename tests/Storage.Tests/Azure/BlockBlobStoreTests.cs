using Trainyard.Domain.Ports;
using Trainyard.Functions.Storage;
using Trainyard.Storage.Tests.Contracts;

namespace Trainyard.Storage.Tests.Azure;

[RequiresAzurite]
[Collection(AzuriteTests.Name)]
public sealed class BlockBlobStoreTests(AzuriteFixture azurite) : BlobStoreContract
{
    // A hundred to a page, so that the test need not write a thousand over HTTP.
    private const int PageSize = 100;

    protected override int MoreThanAPage => PageSize + 5;

    protected override async Task<IBlobStore> OpenAsync() => new BlockBlobStore(AzureStorage.Blobs(await azurite.SettingsAsync()), PageSize);

    protected override Task CloseAsync(IBlobStore store) => Task.CompletedTask;
}
