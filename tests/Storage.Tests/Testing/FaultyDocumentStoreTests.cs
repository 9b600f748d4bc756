using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Storage;
using Trainyard.Storage.Tests.Local;
using Trainyard.Testing;

namespace Trainyard.Storage.Tests.Testing;

public sealed class FaultyDocumentStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteDocumentStore store;

    public FaultyDocumentStoreTests() => store = new SqliteDocumentStore(folder["documents.db"]);

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite, "1,3")]
    [InlineData(FaultPoint.AfterWrite, "1,2,3")]
    public async Task Write_TheFailingOne_IsStoredOnlyWhenTheFaultComesAfter(FaultPoint point, string stored)
    {
        FaultyDocumentStore faulty = new(store, failingWrite: 2, point);
        await InsertAsync(faulty, "1");
        Assert.False(faulty.Struck);
        InjectedFaultException fault = await Assert.ThrowsAsync<InjectedFaultException>(() => InsertAsync(faulty, "2"));
        await InsertAsync(faulty, "3");

        Assert.Equal((2, point), (fault.Write, fault.Point));
        Assert.True(faulty.Struck);
        DocumentPage page = await faulty.QueryAsync(new DocumentQuery("things", "p"), CancellationToken.None);
        Assert.Equal(stored, string.Join(',', page.Documents.Select(document => document.RowKey)));
    }

    private static Task InsertAsync(FaultyDocumentStore faulty, string key) =>
        faulty.CommitAsync("things", "p", [DocumentWrite.Insert(key, "1"u8.ToArray())], CancellationToken.None);
}
