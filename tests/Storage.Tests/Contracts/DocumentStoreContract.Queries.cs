using Trainyard.Domain.Ports;

namespace Trainyard.Storage.Tests.Contracts;

public abstract partial class DocumentStoreContract
{
    [ContractTheory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1_000, 1)]
    [InlineData(1_001, 2)]
    public async Task Query_ExactlySoManyDocuments_FillsPagesOf1000(int count, int pages)
    {
        string[] keys = [.. Enumerable.Range(0, count).Select(Key)];
        await FillAsync(keys);

        List<DocumentPage> found = await PagesAsync(new DocumentQuery(Collection, Partition) { PageSize = DocumentLimits.MaxPageSize });
        Assert.Equal(pages, found.Count);
        Assert.Equal(keys, found.SelectMany(page => page.Documents).Select(document => document.RowKey));
        Assert.All(found, page => Assert.InRange(page.Documents.Count, 0, DocumentLimits.MaxPageSize));
    }

    [ContractTheory]
    [InlineData(null, null, "a,b,ba,c")]
    [InlineData("", null, "a,b,ba,c")]
    [InlineData("b", null, "b,ba,c")]
    [InlineData("aa", null, "b,ba,c")]
    [InlineData(null, "b", "a")]
    [InlineData("b", "c", "b,ba")]
    [InlineData("b", "b", "")]
    [InlineData("c", "a", "")]
    [InlineData("d", null, "")]
    [InlineData("b/", "b~", "ba")]
    public async Task Query_Range_TakesFromInclusiveToBeforeExclusive(string? from, string? before, string expected)
    {
        await FillAsync(["c", "a", "ba", "b"]);

        foreach (int size in (int[])[1, 2, 100])
        {
            List<string> keys = await KeysAsync(new DocumentQuery(Collection, Partition) { From = from, Before = before, PageSize = size });
            Assert.Equal(expected, string.Join(',', keys));
        }
    }

    [ContractFact]
    public async Task Query_WithinLeadingParts_FindsExactlyThose()
    {
        string[] wanted = [DocumentKey.Of("a", ""), DocumentKey.Of("a", "b"), DocumentKey.Of("a", "\u00ff")];
        await FillAsync([.. wanted, DocumentKey.Of("a"), DocumentKey.Of("a!", "b"), DocumentKey.Of("a\"", "b"), DocumentKey.Of("b", "b")]);
        (string from, string before) = DocumentKey.Within("a");

        Assert.Equal(wanted, await KeysAsync(new DocumentQuery(Collection, Partition) { From = from, Before = before }));
    }

    [ContractFact]
    public async Task Query_KeysBeyondTheBasicPlane_AreInOrdinalOrder()
    {
        string[] keys = ["z", "\u00e9", "\ud7ff", "😀", "\ue000", "\uffee"];
        await FillAsync(keys.Reverse());

        Assert.Equal(keys.Order(StringComparer.Ordinal), await KeysAsync(new DocumentQuery(Collection, Partition) { PageSize = 1 }));
    }

    [ContractFact]
    public async Task Query_OtherPartitionsAndCollections_AreNotSeen()
    {
        await FillAsync(["a"]);
        await Store.WriteAsync(Collection, Partition + "x", DocumentWrite.Insert("b", Json("1")), None);
        await Store.WriteAsync(Collection + "2", Partition, DocumentWrite.Insert("c", Json("1")), None);

        Assert.Equal(["a"], await KeysAsync(new DocumentQuery(Collection, Partition)));
    }

    [ContractTheory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(1_001)]
    [InlineData(int.MaxValue)]
    public Task Query_PageSizeOutOfBounds_IsRefused(int size) => RefusedAsync(
        DocumentStoreCode.PageSizeInvalid, () => Store.QueryAsync(new DocumentQuery(Collection, Partition) { PageSize = size }, None));

    [ContractFact]
    public async Task Query_AlteredOrForeignContinuation_IsRefused()
    {
        await FillAsync(["a", "b", "c"]);
        DocumentQuery query = new(Collection, Partition) { PageSize = 1 };
        string continuation = (await Store.QueryAsync(query, None)).Continuation!;

        string[] altered = ["", "x", "!", continuation[..^1], continuation + "A", continuation[1..], "A" + continuation, new('A', 100_000), "ü😀"];
        foreach (string wrong in altered)
        {
            await RefusedAsync(DocumentStoreCode.ContinuationInvalid, () => Store.QueryAsync(query with { Continuation = wrong }, None));
        }

        DocumentQuery[] foreign = [query with { PartitionKey = Partition + "x" }, query with { Collection = "other" }, query with { From = "a" }, query with { Before = "c" }];
        foreach (DocumentQuery other in foreign)
        {
            await RefusedAsync(DocumentStoreCode.ContinuationInvalid, () => Store.QueryAsync(other with { Continuation = continuation }, None));
        }
    }

    [ContractFact]
    public async Task Query_EveryAlteredCharacterOfAContinuation_IsRefused()
    {
        await FillAsync(["key one", "key two"]);
        DocumentQuery query = new(Collection, Partition) { PageSize = 1 };
        string continuation = (await Store.QueryAsync(query, None)).Continuation!;

        for (int index = 0; index < continuation.Length; index++)
        {
            char other = continuation[index] == 'A' ? 'B' : 'A';
            string altered = $"{continuation[..index]}{other}{continuation[(index + 1)..]}";
            await RefusedAsync(DocumentStoreCode.ContinuationInvalid, () => Store.QueryAsync(query with { Continuation = altered }, None));
        }
    }

    [ContractFact]
    public async Task Query_WhileOthersWrite_ShowsWhatStaysExactlyOnce()
    {
        string[] staying = [.. Enumerable.Range(0, 200).Select(number => $"{Key(number)}-stays")];
        await FillAsync(staying);
        using CancellationTokenSource stop = new();
        Task writer = Task.Run(async () =>
        {
            for (int round = 0; !stop.IsCancellationRequested; round++)
            {
                string key = $"{Key(round * 7 % 200)}-comes";
                await WriteAsync(DocumentWrite.Upsert(key, Json("1")));
                await WriteAsync(DocumentWrite.Delete(key));
            }
        });

        for (int round = 0; round < 5; round++)
        {
            List<string> seen = await KeysAsync(new DocumentQuery(Collection, Partition) { PageSize = 7 });
            Assert.Equal(staying, seen.Where(key => key.EndsWith("-stays", StringComparison.Ordinal)));
            Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        }

        await stop.CancelAsync();
        await writer;
    }

    [ContractFact]
    public async Task Query_NewestFirstOfWritersWhoseClocksDiffer_ShowsEachDocumentOnce()
    {
        const int Each = 40;
        DateTimeOffset now = new(2025, 11, 3, 21, 0, 0, TimeSpan.Zero);
        TimeSpan[] skews = [TimeSpan.FromHours(-1), TimeSpan.Zero, TimeSpan.FromHours(1)];
        DocumentQuery query = new(Collection, Partition) { PageSize = 7 };

        // The second half of every writer comes with its clock set back to where it began: the same moments once more.
        Task writing = Task.WhenAll(skews.Select((skew, writer) => Task.Run(async () =>
        {
            for (int number = 0; number < Each; number++)
            {
                DateTimeOffset at = now + skew + TimeSpan.FromSeconds(number % (Each / 2));
                await WriteAsync(DocumentWrite.Insert(DocumentKey.Of(DocumentKey.NewestFirst(at), $"{writer}-{number}"), Json("1")));
            }
        })));

        List<string> seen = [];
        while (!writing.IsCompleted)
        {
            List<string> before = seen;
            seen = await KeysAsync(query);
            Assert.Equal(before, seen.Where(key => before.Contains(key)));
            Assert.Equal(seen.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal), seen);
        }

        await writing;
        Assert.Equal(Each * skews.Length, (await KeysAsync(query)).Count);
    }

    [ContractFact]
    public async Task Query_WhenTheDocumentAtThePageEndIsDeleted_GoesOnAfterIt()
    {
        await FillAsync(["a", "b", "c", "d"]);
        DocumentQuery query = new(Collection, Partition) { PageSize = 2 };
        DocumentPage first = await Store.QueryAsync(query, None);
        await WriteAsync(DocumentWrite.Delete("b"));
        await WriteAsync(DocumentWrite.Insert("aa", Json("behind")));
        await WriteAsync(DocumentWrite.Insert("bb", Json("ahead")));

        Assert.Equal(["bb", "c", "d"], await KeysAsync(query with { Continuation = first.Continuation, PageSize = 10 }));
    }

    [ContractFact]
    public async Task Query_LargeDocuments_EndsPagesEarlyAndShowsAll()
    {
        byte[] large = LargeJson(DocumentLimits.MaxDocumentBytes);
        for (int number = 0; number < 7; number++)
        {
            await WriteAsync(DocumentWrite.Insert(Key(number), large));
        }

        List<DocumentPage> pages = await PagesAsync(new DocumentQuery(Collection, Partition) { PageSize = DocumentLimits.MaxPageSize });
        Assert.InRange(pages.Count, 2, 7);
        Assert.Equal(7, pages.Sum(page => page.Documents.Count));
    }
}
