using Trainyard.Domain.Documents;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>The tests of every model, and marks of those that are not over. Thread safe.</summary>
internal sealed class AbTestStore(IDocumentStore documents, TimeProvider time)
{
    private const string Collection = "abtests";
    private const string MarkCollection = "abtestmarks";
    private const string MarkPartition = "all";
    private const string Last = "last";
    private const string TestPart = "t";

    public async Task<Stored<AbTest>?> FindAsync(AbTestKey key, CancellationToken cancellationToken) =>
        await PointerAsync(key, ById(key.Id), cancellationToken) is { } pointer ? await ReadAsync(key, pointer.Value.Row, cancellationToken) : null;

    /// <summary>A model's tests, newest first.</summary>
    public Task<ResultPage<AbTest>> ListAsync(TenantId tenant, string model, PageRequest page, CancellationToken cancellationToken)
    {
        (string from, string before) = DocumentKey.Within(TestPart);
        DocumentQuery query = new(Collection, DocumentKey.Of(tenant.Value, model)) { From = from, Before = before };
        return documents.ReadPageAsync(query, page, AbTestJson.Default.AbTest, cancellationToken);
    }

    /// <summary>Adds a test, after one that is over, in one commit.</summary>
    /// <exception cref="Problems.ProblemException"><c>ab_test_running</c>.</exception>
    /// <exception cref="DocumentStoreException">Somebody else began one in the same moment.</exception>
    public async Task InsertAsync(AbTestKey key, AbTest test, CancellationToken cancellationToken)
    {
        Stored<AbTestPointer>? last = await PointerAsync(key, Last, cancellationToken);
        if (last is not null && await ReadAsync(key, last.Value.Row, cancellationToken) is { Value.IsOver: false } running)
        {
            throw AbTestProblems.Running(key.Model, running.Value.Id);
        }

        AbTestPointer pointer = new(DocumentKey.Of(TestPart, DocumentKey.NewestFirst(test.CreatedAt), key.Id));
        DocumentWrite[] writes =
        [
            JsonDocuments.InsertOrReplace(Last, pointer, last, AbTestJson.Default.AbTestPointer),
            JsonDocuments.Insert(ById(key.Id), pointer, AbTestJson.Default.AbTestPointer),
            JsonDocuments.Insert(pointer.Row, test, AbTestJson.Default.AbTest),
        ];
        await documents.CommitAsync(Collection, Partition(key), writes, cancellationToken);
    }

    /// <exception cref="DocumentStoreException">Somebody else changed it.</exception>
    public async Task<Stored<AbTest>> ReplaceAsync(AbTestKey key, Stored<AbTest> current, AbTest changed, CancellationToken cancellationToken)
    {
        DocumentWrite write = JsonDocuments.Replace(current.RowKey, changed, current.ETag, AbTestJson.Default.AbTest);
        string? etag = await documents.WriteAsync(Collection, Partition(key), write, cancellationToken);
        return new Stored<AbTest>(current.RowKey, changed, etag!);
    }

    public Task MarkAsync(AbTestKey key, CancellationToken cancellationToken) => documents.WriteAsync(
        MarkCollection, MarkPartition, JsonDocuments.Upsert(ById(key.Id), new AbTestMark(key, time.GetUtcNow()), AbTestJson.Default.AbTestMark), cancellationToken);

    public Task UnmarkAsync(AbTestKey key, CancellationToken cancellationToken) =>
        documents.WriteAsync(MarkCollection, MarkPartition, DocumentWrite.Delete(ById(key.Id)), cancellationToken);

    /// <summary>Removes a mark as it was seen.</summary>
    public Task UnmarkAsync(Stored<AbTestMark> mark, CancellationToken cancellationToken) =>
        documents.DeleteSeenAsync(MarkCollection, MarkPartition, mark, cancellationToken);

    public IAsyncEnumerable<Stored<AbTestMark>> MarksAsync(CancellationToken cancellationToken) =>
        documents.ReadAllAsync(new(MarkCollection, MarkPartition), AbTestJson.Default.AbTestMark, cancellationToken);

    private static string Partition(AbTestKey key) => DocumentKey.Of(key.Tenant, key.Model);

    private static string ById(string id) => DocumentKey.Of("i", id);

    private Task<Stored<AbTestPointer>?> PointerAsync(AbTestKey key, string row, CancellationToken cancellationToken) =>
        documents.ReadAsync(Collection, Partition(key), row, AbTestJson.Default.AbTestPointer, cancellationToken);

    private Task<Stored<AbTest>?> ReadAsync(AbTestKey key, string row, CancellationToken cancellationToken) =>
        documents.ReadAsync(Collection, Partition(key), row, AbTestJson.Default.AbTest, cancellationToken);
}
