using Trainyard.Domain.Ports;

namespace Trainyard.Storage.Tests.Contracts;

public abstract partial class DocumentStoreContract
{
    [ContractFact]
    public async Task Commit_OfEveryKind_AppliesAllAndReturnsETagsInOrder()
    {
        string replaced = (await WriteAsync(DocumentWrite.Insert("replaced", Json("0"))))!;
        await WriteAsync(DocumentWrite.Insert("deleted", Json("0")));

        IReadOnlyList<string?> etags = await Store.CommitAsync(
            Collection,
            Partition,
            [
                DocumentWrite.Insert("inserted", Json("1")),
                DocumentWrite.Replace("replaced", Json("2"), replaced),
                DocumentWrite.Delete("deleted"),
                DocumentWrite.Upsert("upserted", Json("3")),
            ],
            None);

        Assert.Equal(
            [(await GetAsync("inserted"))!.ETag, (await GetAsync("replaced"))!.ETag, null, (await GetAsync("upserted"))!.ETag], etags);
        Assert.Null(await GetAsync("deleted"));
    }

    [ContractTheory]
    [InlineData(0)]
    [InlineData(57)]
    [InlineData(99)]
    public async Task Commit_Of100WithOneConflict_AppliesNothingAndNamesIt(int conflict)
    {
        await WriteAsync(DocumentWrite.Insert(Key(conflict), Json("before")));
        DocumentWrite[] batch = [.. Enumerable.Range(0, DocumentLimits.MaxBatch).Select(number => DocumentWrite.Insert(Key(number), Json("batch")))];

        DocumentStoreException refusal = await RefusedAsync(
            DocumentStoreCode.DocumentExists, () => Store.CommitAsync(Collection, Partition, batch, None));

        Assert.Equal(conflict, refusal.Operation);
        Assert.Equal([Key(conflict)], await KeysAsync(new DocumentQuery(Collection, Partition)));
        Assert.Equal("""{"value":"before"}""", await ValueAsync(Key(conflict)));
    }

    [ContractFact]
    public async Task Commit_WithStaleETag_AppliesNothing()
    {
        string stale = (await WriteAsync(DocumentWrite.Insert("a", Json("0"))))!;
        await WriteAsync(DocumentWrite.Upsert("a", Json("1")));

        DocumentStoreException refusal = await RefusedAsync(
            DocumentStoreCode.ETagMismatch,
            () => Store.CommitAsync(Collection, Partition, [DocumentWrite.Upsert("b", Json("2")), DocumentWrite.Replace("a", Json("2"), stale)], None));

        Assert.Equal(1, refusal.Operation);
        Assert.Null(await GetAsync("b"));
    }

    [ContractFact]
    public async Task Commit_EmptyOversizedOrRepeating_IsRefused()
    {
        DocumentWrite[] tooMany = [.. Enumerable.Range(0, DocumentLimits.MaxBatch + 1).Select(number => DocumentWrite.Upsert(Key(number), Json("1")))];
        byte[] large = LargeJson(DocumentLimits.MaxDocumentBytes);
        DocumentWrite[] tooLarge = [.. Enumerable.Range(0, 4).Select(number => DocumentWrite.Upsert(Key(number), large))];

        await RefusedAsync(DocumentStoreCode.BatchInvalid, () => Store.CommitAsync(Collection, Partition, [], None));
        await RefusedAsync(DocumentStoreCode.BatchInvalid, () => Store.CommitAsync(Collection, Partition, tooMany, None));
        await RefusedAsync(DocumentStoreCode.BatchInvalid, () => Store.CommitAsync(Collection, Partition, tooLarge, None));
        DocumentStoreException repeating = await RefusedAsync(
            DocumentStoreCode.BatchInvalid,
            () => Store.CommitAsync(Collection, Partition, [DocumentWrite.Upsert("a", Json("1")), DocumentWrite.Delete("a")], None));
        Assert.Equal(1, repeating.Operation);
        Assert.Empty(await KeysAsync(new DocumentQuery(Collection, Partition)));
    }

    [ContractFact]
    public async Task Commit_InvalidOperation_IsNamedByItsIndex()
    {
        DocumentStoreException refusal = await RefusedAsync(
            DocumentStoreCode.KeyInvalid,
            () => Store.CommitAsync(Collection, Partition, [DocumentWrite.Upsert("a", Json("1")), DocumentWrite.Upsert("b/c", Json("1"))], None));

        Assert.Equal(1, refusal.Operation);
        Assert.Null(await GetAsync("a"));
    }

    [ContractFact]
    public async Task Commit_ManyAtOnceOnTheSameRows_EachIsWholeOrNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Store.CommitAsync(
            Collection, Partition, [.. Enumerable.Range(0, 10).Select(row => DocumentWrite.Upsert(Key(row), Json(Key(number))))], None)));

        DocumentPage page = await Store.QueryAsync(new DocumentQuery(Collection, Partition), None);
        Assert.Equal(10, page.Documents.Count);
        Assert.Single(page.Documents.Select(document => Convert.ToHexString(document.Json.Span)).Distinct());
    }
}
