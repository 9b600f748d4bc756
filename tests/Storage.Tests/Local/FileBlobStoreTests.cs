using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Storage;
using Trainyard.Storage.Tests.Contracts;

namespace Trainyard.Storage.Tests.Local;

public sealed class FileBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_AfterARunThatEndedMidway_SweepsOnlyWhatIsNoBlob()
    {
        await WriteAsync("kept", Bytes(10));
        string[] kept = Directory.GetFiles(folder["blobs"], "*.blob");
        await CloseAsync(Store);
        string orphan = Path.Combine(folder["blobs"], "1-99.blob");
        string foreign = Path.Combine(folder["blobs"], "notes.txt");
        await File.WriteAllBytesAsync(orphan, Bytes(5));
        await File.WriteAllBytesAsync(foreign, Bytes(5));

        using FileBlobStore reopened = FileBlobStore.Open(folder["blobs"], TimeProvider.System);
        await reopened.Swept;

        Assert.Equal(kept, Directory.GetFiles(folder["blobs"], "*.blob"));
        Assert.True(File.Exists(foreign));
    }

    [Fact]
    public async Task Write_ReplacedDeletedAndFailed_LeaveNoFiles()
    {
        await WriteAsync("a", Bytes(10));
        await Store.WriteAsync(Container, "a", new MemoryStream(Bytes(5)), overwrite: true, CancellationToken.None);
        await Assert.ThrowsAsync<EndOfStreamException>(
            () => Store.WriteAsync(Container, "b", new FailingStream(Bytes(10)), overwrite: true, CancellationToken.None));
        await Assert.ThrowsAsync<BlobStoreException>(() => WriteAsync("a", Bytes(10)));

        Assert.Single(Directory.GetFiles(folder["blobs"], "*.blob"));
        await Store.DeleteAsync(Container, "a", CancellationToken.None);
        Assert.Empty(Directory.GetFiles(folder["blobs"], "*.blob"));
    }

    [Fact]
    public async Task Append_AfterATornOne_IsReadWithoutTheTornBytes()
    {
        await Store.AppendAsync(Container, "log", "one,"u8.ToArray(), CancellationToken.None);
        string file = Assert.Single(Directory.GetFiles(folder["blobs"], "*.blob"));
        await File.AppendAllTextAsync(file, "torn bytes of a run that was killed");

        Assert.Equal("one,"u8.ToArray(), await ReadAsync("log"));
        await Store.AppendAsync(Container, "log", "two"u8.ToArray(), CancellationToken.None);
        Assert.Equal("one,two"u8.ToArray(), await ReadAsync("log"));
    }

    [Fact]
    public async Task OpenRead_FileLost_IsUnavailableRatherThanEmpty()
    {
        await WriteAsync("a", Bytes(10));
        File.Delete(Assert.Single(Directory.GetFiles(folder["blobs"], "*.blob")));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Store.OpenReadAsync(Container, "a", CancellationToken.None));
    }

    [Fact]
    public async Task ReadStream_Seek_ReadsFromThere()
    {
        byte[] content = Bytes(1_000);
        await WriteAsync("a", content);
        await using Stream stream = (await Store.OpenReadAsync(Container, "a", CancellationToken.None))!;

        Assert.Equal(990, stream.Seek(-10, SeekOrigin.End));
        byte[] tail = new byte[20];
        Assert.Equal(10, stream.Read(tail));
        Assert.Equal(content[990..], tail[..10]);
        Assert.Equal(0, await stream.ReadAsync(tail));
        Assert.Throws<NotSupportedException>(() => stream.Write(tail));
    }

    protected override Task<IBlobStore> OpenAsync() => Task.FromResult<IBlobStore>(FileBlobStore.Open(folder["blobs"], TimeProvider.System));

    protected override Task CloseAsync(IBlobStore store)
    {
        ((FileBlobStore)store).Dispose();
        return Task.CompletedTask;
    }
}
