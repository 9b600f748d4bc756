using System.Text;
using Trainyard.Domain.Ports;

namespace Trainyard.Storage.Tests.Contracts;

/// <summary>What every blob store does; an adapter passes it by one subclass.</summary>
/// <remarks>Each test works in a container of its own, so that a store may be shared.</remarks>
public abstract partial class BlobStoreContract : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    protected IBlobStore Store { get; private set; } = null!;

    protected string Container { get; } = $"c{Guid.NewGuid():N}";

    /// <summary>Blobs of a listing that takes more than one of the store's pages.</summary>
    protected virtual int MoreThanAPage => 1_005;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public Task DisposeAsync() => CloseAsync(Store);

    /// <summary>Opens the store, or the same store again after <see cref="CloseAsync"/>.</summary>
    protected abstract Task<IBlobStore> OpenAsync();

    protected abstract Task CloseAsync(IBlobStore store);

    [ContractFact]
    public async Task Read_Absent_ReturnsNull()
    {
        Assert.Null(await Store.OpenReadAsync(Container, "absent", None));
        Assert.Null(await Store.StatAsync(Container, "absent", None));
        Assert.False(await Store.DeleteAsync(Container, "absent", None));
        Assert.Empty(await PathsAsync(""));
    }

    [ContractTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_003)]
    public async Task Write_SoManyBytes_ComeBackWithTheirLength(int length)
    {
        byte[] content = Bytes(length);
        BlobStat written = await WriteAsync("a/b.bin", content);

        Assert.Equal(("a/b.bin", (long)length), (written.Path, written.Length));
        Assert.Equal(written, await Store.StatAsync(Container, "a/b.bin", None));
        Assert.Equal(content, await ReadAsync("a/b.bin"));
    }

    [ContractFact]
    public async Task Write_FromAStreamThatGivesLittleAtATime_IsWhole()
    {
        byte[] content = Bytes(10_000);
        await Store.WriteAsync(Container, "a", new TricklingStream(content), overwrite: false, None);

        Assert.Equal(content, await ReadAsync("a"));
    }

    [ContractFact]
    public async Task Write_CreateOnlyOfAPresentBlob_IsRefusedAndChangesNothing()
    {
        BlobStat first = await WriteAsync("a", Bytes(10));

        await RefusedAsync(BlobStoreCode.BlobExists, () => WriteAsync("a", Bytes(20)));
        Assert.Equal(first, await Store.StatAsync(Container, "a", None));
    }

    [ContractFact]
    public async Task Write_ManyCreateOnlyAtOnce_ExactlyOneWins()
    {
        bool[] won = await Task.WhenAll(Enumerable.Range(0, 16).Select(async number =>
        {
            try
            {
                await WriteAsync("a", Bytes(number + 1));
                return true;
            }
            catch (BlobStoreException refusal) when (refusal.Code == BlobStoreCode.BlobExists)
            {
                return false;
            }
        }));

        int winner = Assert.Single(Enumerable.Range(0, won.Length), number => won[number]);
        Assert.Equal(Bytes(winner + 1), await ReadAsync("a"));
    }

    [ContractFact]
    public async Task Write_Overwrite_ChangesContentAndETag()
    {
        BlobStat first = await WriteAsync("a", Bytes(10));
        BlobStat second = await Store.WriteAsync(Container, "a", new MemoryStream(Bytes(5)), overwrite: true, None);

        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(Bytes(5), await ReadAsync("a"));
    }

    [ContractFact]
    public async Task Write_SameContentAfterDelete_HasANewETag()
    {
        BlobStat first = await WriteAsync("a", Bytes(10));
        Assert.True(await Store.DeleteAsync(Container, "a", None));

        Assert.NotEqual(first.ETag, (await WriteAsync("a", Bytes(10))).ETag);
    }

    [ContractFact]
    public async Task Write_ContentThatFails_LeavesWhatWasThere()
    {
        await WriteAsync("a", Bytes(10));

        await Assert.ThrowsAsync<EndOfStreamException>(() => Store.WriteAsync(Container, "a", new FailingStream(Bytes(300_000)), overwrite: true, None));
        await Assert.ThrowsAsync<EndOfStreamException>(() => Store.WriteAsync(Container, "b", new FailingStream(Bytes(300_000)), overwrite: true, None));
        Assert.Equal(Bytes(10), await ReadAsync("a"));
        Assert.Equal(["a"], await PathsAsync(""));
    }

    [ContractFact]
    public async Task Write_CancelledMidway_LeavesNoTrace()
    {
        using CancellationTokenSource source = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.WriteAsync(Container, "a", new CancellingStream(Bytes(300_000), source), overwrite: false, source.Token));
        Assert.Null(await Store.StatAsync(Container, "a", None));
    }

    [ContractFact]
    public async Task OpenRead_ThenOverwrittenOrDeleted_ReadsOnWhatItOpened()
    {
        byte[] content = Bytes(500_000);
        await WriteAsync("a", content);
        await using Stream opened = (await Store.OpenReadAsync(Container, "a", None))!;
        byte[] start = new byte[1_000];
        await opened.ReadExactlyAsync(start);
        await Store.WriteAsync(Container, "a", new MemoryStream(Bytes(7)), overwrite: true, None);

        byte[] rest = await ToEndAsync(opened);
        Assert.Equal(content, start.Concat(rest));
        await using Stream again = (await Store.OpenReadAsync(Container, "a", None))!;
        await Store.DeleteAsync(Container, "a", None);
        Assert.Equal(Bytes(7), await ToEndAsync(again));
    }

    [ContractFact]
    public async Task Read_WhileOthersOverwrite_SeesOneWriteWhole()
    {
        await WriteAsync("a", Bytes(1));
        Task writers = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (int round = 0; round < 10; round++)
            {
                byte[] content = new byte[50_000 + writer];
                Array.Fill(content, (byte)writer);
                await Store.WriteAsync(Container, "a", new MemoryStream(content), overwrite: true, None);
            }
        })));

        do
        {
            byte[] seen = await ReadAsync("a");
            Assert.True(seen.Length == 1 || (seen.Length == 50_000 + seen[0] && seen.All(value => value == seen[0])));
        }
        while (!writers.IsCompleted);
        await writers;
    }

    [ContractFact]
    public async Task Reopen_AfterWrites_FindsThem()
    {
        BlobStat written = await WriteAsync("a", Bytes(10));
        await Store.AppendAsync(Container, "log", Bytes(3), None);
        await CloseAsync(Store);
        Store = await OpenAsync();

        Assert.Equal(written, await Store.StatAsync(Container, "a", None));
        Assert.Equal(Bytes(10), await ReadAsync("a"));
        Assert.Equal(Bytes(3), await ReadAsync("log"));
    }

    protected static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    protected Task<BlobStat> WriteAsync(string path, byte[] content) => Store.WriteAsync(Container, path, new MemoryStream(content), overwrite: false, None);

    protected async Task<byte[]> ReadAsync(string path)
    {
        await using Stream stream = (await Store.OpenReadAsync(Container, path, None))!;
        byte[] content = await ToEndAsync(stream);
        Assert.Equal(stream.Length, content.Length);
        return content;
    }

    protected async Task<List<string>> PathsAsync(string prefix)
    {
        List<string> paths = [];
        await foreach (BlobStat blob in Store.ListAsync(Container, prefix, None))
        {
            paths.Add(blob.Path);
        }

        return paths;
    }

    private static async Task<byte[]> ToEndAsync(Stream stream)
    {
        using MemoryStream copy = new();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static async Task RefusedAsync(BlobStoreCode code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<BlobStoreException>(call)).Code);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
