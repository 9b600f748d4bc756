using Trainyard.Domain.Ports;
using Trainyard.Functions.Storage;
using Trainyard.Storage.Tests.Contracts;
using Xunit.Abstractions;

namespace Trainyard.Storage.Tests.Azure;

[RequiresAzurite]
[Collection(AzuriteTests.Name)]
public sealed class TableDocumentStoreTests(AzuriteFixture azurite, ITestOutputHelper output) : DocumentStoreContract(output)
{
    // The service keeps 1,024 characters; Azurite takes "1 KiB" of its older documentation as 512.
    protected override int LongestKey => 512;

    protected override async Task<IDocumentStore> OpenAsync() => new TableDocumentStore(AzureStorage.Tables(await azurite.SettingsAsync()));

    protected override Task CloseAsync(IDocumentStore store) => Task.CompletedTask;
}
