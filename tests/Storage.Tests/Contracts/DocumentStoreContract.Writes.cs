using System.Text;
using Trainyard.Domain.Ports;

namespace Trainyard.Storage.Tests.Contracts;

public abstract partial class DocumentStoreContract
{
    [ContractFact]
    public async Task Get_Absent_ReturnsNull() => Assert.Null(await GetAsync("absent"));

    [ContractFact]
    public async Task Insert_New_CanBeReadWithItsETag()
    {
        string? etag = await WriteAsync(DocumentWrite.Insert("a", Json("1")));

        Document? stored = await GetAsync("a");
        Assert.Equal((Partition, "a", etag), (stored!.PartitionKey, stored.RowKey, stored.ETag));
        Assert.Equal(Json("1").ToArray(), stored.Json.ToArray());
    }

    [ContractFact]
    public async Task Insert_Present_IsRefusedAndChangesNothing()
    {
        await WriteAsync(DocumentWrite.Insert("a", Json("1")));

        await RefusedAsync(DocumentStoreCode.DocumentExists, () => WriteAsync(DocumentWrite.Insert("a", Json("2"))));
        Assert.Equal("""{"value":"1"}""", await ValueAsync("a"));
    }

    [ContractFact]
    public async Task Replace_WithItsETag_ChangesDocumentAndETag()
    {
        string first = (await WriteAsync(DocumentWrite.Insert("a", Json("1"))))!;
        string second = (await WriteAsync(DocumentWrite.Replace("a", Json("2"), first)))!;

        Assert.NotEqual(first, second);
        Assert.Equal("""{"value":"2"}""", await ValueAsync("a"));
    }

    [ContractTheory]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task Replace_WithForeignETag_IsRefused(string etag)
    {
        await WriteAsync(DocumentWrite.Insert("a", Json("1")));

        await RefusedAsync(DocumentStoreCode.ETagMismatch, () => WriteAsync(DocumentWrite.Replace("a", Json("2"), etag)));
        await RefusedAsync(DocumentStoreCode.ETagMismatch, () => WriteAsync(DocumentWrite.Delete("a", etag)));
        Assert.Equal("""{"value":"1"}""", await ValueAsync("a"));
    }

    [ContractFact]
    public async Task Replace_Absent_IsRefused()
    {
        string etag = (await WriteAsync(DocumentWrite.Insert("a", Json("1"))))!;

        await RefusedAsync(DocumentStoreCode.DocumentMissing, () => WriteAsync(DocumentWrite.Replace("b", Json("2"), etag)));
        await RefusedAsync(DocumentStoreCode.DocumentMissing, () => WriteAsync(DocumentWrite.Delete("b", etag)));
    }

    [ContractFact]
    public async Task Upsert_AbsentThenPresent_KeepsTheLast()
    {
        string? first = await WriteAsync(DocumentWrite.Upsert("a", Json("1")));
        string? second = await WriteAsync(DocumentWrite.Upsert("a", Json("2")));

        Assert.NotEqual(first, second);
        Assert.Equal("""{"value":"2"}""", await ValueAsync("a"));
    }

    [ContractFact]
    public async Task Delete_PresentOrAbsent_LeavesNothing()
    {
        await WriteAsync(DocumentWrite.Insert("a", Json("1")));

        Assert.Null(await WriteAsync(DocumentWrite.Delete("a")));
        Assert.Null(await WriteAsync(DocumentWrite.Delete("a")));
        Assert.Null(await GetAsync("a"));
    }

    [ContractFact]
    public async Task ETag_AfterDeleteAndInsert_NeverComesBack()
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int round = 0; round < 20; round++)
        {
            Assert.True(seen.Add((await WriteAsync(DocumentWrite.Insert("a", Json("same"))))!));
            await WriteAsync(DocumentWrite.Delete("a"));
        }

        await WriteAsync(DocumentWrite.Insert("a", Json("same")));
        await RefusedAsync(DocumentStoreCode.ETagMismatch, () => WriteAsync(DocumentWrite.Replace("a", Json("2"), seen.Last())));
    }

    [ContractFact]
    public async Task Insert_ManyAtOnceOfOneKey_ExactlyOneWins()
    {
        bool[] won = await Task.WhenAll(Enumerable.Range(0, 32).Select(async number =>
        {
            try
            {
                await WriteAsync(DocumentWrite.Insert("a", Json(Key(number))));
                return true;
            }
            catch (DocumentStoreException refusal) when (refusal.Code == DocumentStoreCode.DocumentExists)
            {
                return false;
            }
        }));

        int winner = Assert.Single(Enumerable.Range(0, won.Length), number => won[number]);
        Assert.Equal($$"""{"value":"{{Key(winner)}}"}""", await ValueAsync("a"));
    }

    [ContractFact]
    public async Task Replace_TwoWritersWithOneETag_ExactlyOneWins()
    {
        string etag = (await WriteAsync(DocumentWrite.Insert("a", Json("0"))))!;
        Task<string?>[] writers = [.. Enumerable.Range(1, 2).Select(number => WriteAsync(DocumentWrite.Replace("a", Json(Key(number)), etag)))];

        await RefusedAsync(DocumentStoreCode.ETagMismatch, () => Task.WhenAll(writers));
        Task<string?> winner = Assert.Single(writers, writer => writer.IsCompletedSuccessfully);
        Assert.Equal((await GetAsync("a"))!.ETag, await winner);
    }

    [ContractFact]
    public async Task Replace_CounterRaisedByManyWriters_LosesNoUpdate()
    {
        const int Writers = 8;
        const int Raises = 10;
        await WriteAsync(DocumentWrite.Insert("a", Encoding.UTF8.GetBytes("0")));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (int raise = 0; raise < Raises; raise++)
            {
                await RaiseAsync("a");
            }
        })));

        Assert.Equal("80", await ValueAsync("a"));
    }

    [ContractFact]
    public async Task Write_DocumentAtTheLimit_IsKeptWhole()
    {
        byte[] json = LargeJson(DocumentLimits.MaxDocumentBytes);
        await WriteAsync(DocumentWrite.Insert("a", json));

        Assert.Equal(json, (await GetAsync("a"))!.Json.ToArray());
    }

    [ContractFact]
    public async Task Write_DocumentOverTheLimit_IsRefused()
    {
        byte[] json = LargeJson(DocumentLimits.MaxDocumentBytes + 1);

        await RefusedAsync(DocumentStoreCode.DocumentTooLarge, () => WriteAsync(DocumentWrite.Insert("a", json)));
        await RefusedAsync(DocumentStoreCode.DocumentTooLarge, () => WriteAsync(DocumentWrite.Upsert("a", json)));
        Assert.Null(await GetAsync("a"));
    }

    [ContractTheory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    [InlineData("a\u009fb")]
    public async Task AnyCall_WithForbiddenKey_IsRefused(string key)
    {
        await RefusedAsync(DocumentStoreCode.KeyInvalid, () => WriteAsync(DocumentWrite.Insert(key, Json("1"))));
        await RefusedAsync(DocumentStoreCode.KeyInvalid, () => GetAsync(key));
        await RefusedAsync(DocumentStoreCode.KeyInvalid, () => Store.GetAsync(Collection, key, "a", None));
        await RefusedAsync(DocumentStoreCode.KeyInvalid, () => Store.QueryAsync(new DocumentQuery(Collection, key), None));
        await RefusedAsync(DocumentStoreCode.KeyInvalid, () => Store.WriteAsync(Collection, key, DocumentWrite.Delete("a"), None));
    }

    // Not in the theory above: attributes are stored in UTF-8, which has no unpaired surrogates.
    [ContractFact]
    public Task AnyCall_WithUnpairedSurrogateInKey_IsRefused() => AnyCall_WithForbiddenKey_IsRefused("a\ud800b");

    [ContractFact]
    public async Task Write_LongestKey_IsKeptAndOf1025Characters_IsRefused()
    {
        string key = new('k', LongestKey);
        await WriteAsync(DocumentWrite.Insert(key, Json("1")));

        Assert.NotNull(await GetAsync(key));
        string over = new('k', DocumentLimits.MaxKeyLength + 1);
        await RefusedAsync(DocumentStoreCode.KeyInvalid, () => WriteAsync(DocumentWrite.Insert(over, Json("1"))));
    }

    [ContractFact]
    public async Task Write_EveryCharacterThroughDocumentKey_IsADistinctDocument()
    {
        string[] characters = [.. Enumerable.Range(0, 0x180).Select(code => ((char)code).ToString()), "漢", "😀", "\ud800", "\udc00", "\ufffe"];
        string[] keys = [.. characters.Select(character => DocumentKey.Of("x", character))];
        await FillAsync(keys);

        HashSet<string> stored = [.. await KeysAsync(new DocumentQuery(Collection, Partition))];
        Assert.True(stored.SetEquals(keys));
    }

    [ContractFact]
    public async Task Write_UnicodeKeysAndDocuments_ComeBackAsTheyWere()
    {
        string key = "Größe 漢字 😀 e\u0301 %41+ 'quoted\"";
        byte[] json = Encoding.UTF8.GetBytes("""{"text":"naïve 漢字 😀 \u0000"}""");
        await WriteAsync(DocumentWrite.Insert(key, json));

        Assert.Equal(json, (await GetAsync(key))!.Json.ToArray());
        Assert.Equal([key], await KeysAsync(new DocumentQuery(Collection, Partition)));
    }

    [ContractFact]
    public async Task Keys_DifferingInCaseOrNormalForm_AreDistinct()
    {
        await FillAsync(["key", "KEY", "e\u0301", "\u00e9", "key ", "key."]);

        Assert.Equal(6, (await KeysAsync(new DocumentQuery(Collection, Partition))).Count);
    }

    [ContractTheory]
    [InlineData("ab")]
    [InlineData("Models")]
    [InlineData("1models")]
    [InlineData("my-models")]
    public async Task AnyCall_WithInvalidCollection_Throws(string collection)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.GetAsync(collection, Partition, "a", None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(collection, Partition, DocumentWrite.Delete("a"), None));
    }

    [ContractFact]
    public async Task Write_CancelledBefore_WritesNothing()
    {
        using CancellationTokenSource source = new();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.WriteAsync(Collection, Partition, DocumentWrite.Insert("a", Json("1")), source.Token));
        Assert.Null(await GetAsync("a"));
    }

    [ContractFact]
    public async Task Reopen_AfterWrites_FindsThemWithTheirETags()
    {
        string? etag = await WriteAsync(DocumentWrite.Insert("a", Json("1")));
        await CloseAsync(Store);
        Store = await OpenAsync();

        Assert.Equal(etag, (await GetAsync("a"))!.ETag);
        Assert.NotEqual(etag, await WriteAsync(DocumentWrite.Upsert("a", Json("2"))));
    }

    private static byte[] LargeJson(int bytes)
    {
        byte[] json = new byte[bytes];
        Array.Fill(json, (byte)'x');
        json[0] = json[^1] = (byte)'"';
        return json;
    }

    private async Task RaiseAsync(string rowKey)
    {
        while (true)
        {
            Document current = (await GetAsync(rowKey))!;
            int value = int.Parse(Encoding.UTF8.GetString(current.Json.Span), System.Globalization.CultureInfo.InvariantCulture);
            try
            {
                await WriteAsync(DocumentWrite.Replace(rowKey, Encoding.UTF8.GetBytes($"{value + 1}"), current.ETag));
                return;
            }
            catch (DocumentStoreException refusal) when (refusal.Code == DocumentStoreCode.ETagMismatch)
            {
                // Somebody was quicker; try with what is there now.
            }
        }
    }
}
