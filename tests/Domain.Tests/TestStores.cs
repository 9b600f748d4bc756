using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.LocalHost.Storage;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests;

/// <summary>Real local stores in a folder of their own, with a clock that stands still and ids that can be foretold.</summary>
internal sealed class TestStores : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trainyard-domain-").FullName;
    private readonly SqliteDocumentStore documents;
    private readonly FileBlobStore blobs;

    public TestStores()
    {
        documents = new SqliteDocumentStore(Path.Combine(folder, "documents.db"));
        blobs = FileBlobStore.Open(Path.Combine(folder, "blobs"), Clock);
    }

    public static TenantId Tenant => TenantId.Default;

    public IDocumentStore Documents => documents;

    public IBlobStore Blobs => blobs;

    public ManualTimeProvider Clock { get; } = new();

    public SequentialIdSource Ids { get; } = new();

    public static async Task<Problem> RefusedAsync(Func<Task> action) => (await Assert.ThrowsAsync<ProblemException>(action)).Problem;

    public void Dispose()
    {
        documents.Dispose();
        (blobs as IDisposable)?.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
