using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Trainyard.Domain.Ports;
using Trainyard.Functions.Storage;
using Trainyard.Storage.Tests.Contracts;
using Trainyard.Testing.Azurite;

namespace Trainyard.Storage.Tests.Azure;

/// <summary>A write that was done, whose answer got lost and which the pipeline therefore sent again: it counts once.</summary>
[RequiresAzurite]
[Collection(AzuriteTests.Name)]
public sealed class LostAnswerTests(AzuriteFixture azurite)
{
    private const string Collection = "lostanswers";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string unique = $"u{Guid.NewGuid():N}";

    [ContractFact]
    public async Task Insert_AnswerLost_SucceedsWithItsETag()
    {
        LosingAnswers network = new(request => request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal));
        TableDocumentStore store = await DocumentsAsync(network);

        string? etag = await store.WriteAsync(Collection, unique, DocumentWrite.Insert("a", Json(1)), None);

        Assert.Equal(1, network.Lost);
        Assert.Equal(etag, (await store.GetAsync(Collection, unique, "a", None))!.ETag);
        await Assert.ThrowsAsync<DocumentStoreException>(() => store.WriteAsync(Collection, unique, DocumentWrite.Insert("a", Json(1)), None));
    }

    [ContractFact]
    public async Task Commit_AnswerLost_SucceedsWithAllETags()
    {
        LosingAnswers network = new(request => request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal));
        TableDocumentStore store = await DocumentsAsync(network);
        TableDocumentStore calm = await DocumentsAsync(new LosingAnswers(_ => false));
        string before = (await calm.WriteAsync(Collection, unique, DocumentWrite.Insert("replaced", Json(1)), None))!;
        await calm.WriteAsync(Collection, unique, DocumentWrite.Insert("deleted", Json(1)), None);

        IReadOnlyList<string?> etags = await store.CommitAsync(
            Collection,
            unique,
            [DocumentWrite.Delete("deleted"), DocumentWrite.Replace("replaced", Json(2), before), DocumentWrite.Insert("inserted", Json(3))],
            None);

        Assert.Equal(1, network.Lost);
        Document[] stored = [.. (await calm.QueryAsync(new DocumentQuery(Collection, unique), None)).Documents];
        Assert.Equal(["inserted", "replaced"], stored.Select(document => document.RowKey));
        Assert.Equal([null, stored[1].ETag, stored[0].ETag], etags);
    }

    [ContractFact]
    public async Task Write_CreateOnlyAnswerLost_Succeeds()
    {
        LosingAnswers network = new(request => request.Method == RequestMethod.Put && request.Uri.Path.EndsWith("/a", StringComparison.Ordinal));
        BlockBlobStore store = await BlobsAsync(network);

        BlobStat written = await store.WriteAsync(unique, "a", new MemoryStream([1, 2, 3]), overwrite: false, None);

        Assert.Equal(1, network.Lost);
        Assert.Equal(written, await store.StatAsync(unique, "a", None));
        await Assert.ThrowsAsync<BlobStoreException>(() => store.WriteAsync(unique, "a", new MemoryStream([1]), overwrite: false, None));
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Append_AnswerLost_AppendsOnce(bool present)
    {
        LosingAnswers network = new(request => request.Uri.Query.Contains("comp=blocklist", StringComparison.Ordinal) && request.Method == RequestMethod.Put);
        BlockBlobStore store = await BlobsAsync(network);
        if (present)
        {
            await store.WriteAsync(unique, "log", new MemoryStream([0]), overwrite: true, None);
        }

        await store.AppendAsync(unique, "log", new byte[] { 7, 7, 7 }, None);

        Assert.Equal(1, network.Lost);
        Assert.Equal(present ? 4 : 3, (await store.StatAsync(unique, "log", None))!.Length);
    }

    [ContractFact]
    public async Task AppendAt_AnswerLost_AppendsOnce()
    {
        LosingAnswers network = new(request => request.Uri.Query.Contains("comp=blocklist", StringComparison.Ordinal) && request.Method == RequestMethod.Put);
        BlockBlobStore store = await BlobsAsync(network);

        Assert.True(await store.AppendAtAsync(unique, "placed", 0, new byte[] { 7, 7, 7 }, None));
        Assert.False(await store.AppendAtAsync(unique, "placed", 0, new byte[] { 7, 7, 7 }, None));

        Assert.Equal((1, 3), (network.Lost, (await store.StatAsync(unique, "placed", None))!.Length));
    }

    [ContractFact]
    public async Task Write_ContentOfSeveralBlocks_IsWhole()
    {
        byte[] content = new byte[(2 * BlockUpload.BlockBytes) + 17];
        new Random(content.Length).NextBytes(content);
        BlockBlobStore store = await BlobsAsync(new LosingAnswers(_ => false));

        BlobStat written = await store.WriteAsync(unique, "large", new MemoryStream(content), overwrite: false, None);
        await store.AppendAsync(unique, "large", new byte[] { 1 }, None);

        Assert.Equal(content.Length, written.Length);
        await using Stream stored = (await store.OpenReadAsync(unique, "large", None))!;
        byte[] read = new byte[content.Length];
        await stored.ReadExactlyAsync(read);
        Assert.Equal(content, read);
        Assert.Equal(1, stored.ReadByte());
        BlobStoreException refusal = await Assert.ThrowsAsync<BlobStoreException>(
            () => store.WriteAsync(unique, "large", new MemoryStream(content), overwrite: false, None));
        Assert.Equal(BlobStoreCode.BlobExists, refusal.Code);
    }

    [ContractFact]
    public async Task AnyCall_ServiceGone_IsUnavailable()
    {
        AzuriteProcess process = await azurite.ProcessAsync();
        TableClientOptions options = new() { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1) } };

        // Nobody listens for tables on the port of the queues.
        TableDocumentStore store = new(new TableServiceClient(process.ConnectionStringTo(process.Ports["Queue"]), options));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.WriteAsync(Collection, unique, DocumentWrite.Insert("a", Json(1)), None));
        TableDocumentStore nowhere = new(new TableServiceClient(process.ConnectionStringTo(1), options));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => nowhere.GetAsync(Collection, unique, "a", None));
    }

    private static byte[] Json(int value) => System.Text.Encoding.UTF8.GetBytes($"{value}");

    private async Task<TableDocumentStore> DocumentsAsync(LosingAnswers network)
    {
        TableClientOptions options = Quick(new TableClientOptions(), network);
        TableServiceClient tables = new((await azurite.ProcessAsync()).ConnectionString, options);
        await tables.CreateTableIfNotExistsAsync(Collection);
        return new TableDocumentStore(tables);
    }

    private async Task<BlockBlobStore> BlobsAsync(LosingAnswers network) =>
        new(new BlobServiceClient((await azurite.ProcessAsync()).ConnectionString, Quick(new BlobClientOptions(), network)));

    private static T Quick<T>(T options, LosingAnswers network)
        where T : ClientOptions
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.AddPolicy(network, HttpPipelinePosition.PerRetry);
        return options;
    }
}
