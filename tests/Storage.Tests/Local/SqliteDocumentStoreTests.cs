using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Storage;
using Trainyard.Storage.Tests.Contracts;
using Xunit.Abstractions;

namespace Trainyard.Storage.Tests.Local;

public sealed class SqliteDocumentStoreTests(ITestOutputHelper output) : DocumentStoreContract(output), IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override Task<IDocumentStore> OpenAsync() => Task.FromResult<IDocumentStore>(new SqliteDocumentStore(folder["documents.db"]));

    protected override Task CloseAsync(IDocumentStore store)
    {
        ((SqliteDocumentStore)store).Dispose();
        return Task.CompletedTask;
    }
}
