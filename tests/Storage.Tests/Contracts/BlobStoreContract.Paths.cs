using Trainyard.Domain.Ports;

namespace Trainyard.Storage.Tests.Contracts;

public abstract partial class BlobStoreContract
{
    [ContractTheory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("a/..")]
    [InlineData("./a")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData("..\\a")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    public async Task AnyCall_WithInvalidPath_IsRefused(string path)
    {
        await RefusedAsync(BlobStoreCode.PathInvalid, () => WriteAsync(path, Bytes(1)));
        await RefusedAsync(BlobStoreCode.PathInvalid, () => Store.OpenReadAsync(Container, path, None));
        await RefusedAsync(BlobStoreCode.PathInvalid, () => Store.AppendAsync(Container, path, Bytes(1), None));
        await RefusedAsync(BlobStoreCode.PathInvalid, () => Store.AppendAtAsync(Container, path, 0, Bytes(1), None));
        await RefusedAsync(BlobStoreCode.PathInvalid, () => Store.StatAsync(Container, path, None));
        await RefusedAsync(BlobStoreCode.PathInvalid, () => Store.DeleteAsync(Container, path, None));
    }

    // Not in the theory above: attributes are stored in UTF-8, which has no unpaired surrogates.
    [ContractFact]
    public Task AnyCall_WithUnpairedSurrogateInPath_IsRefused() => AnyCall_WithInvalidPath_IsRefused("a\ud800");

    [ContractTheory]
    [InlineData("ab")]
    [InlineData("../x")]
    [InlineData("Upper")]
    [InlineData("a--b")]
    [InlineData("-abc")]
    [InlineData("a.b")]
    public async Task AnyCall_WithInvalidContainer_IsRefused(string container)
    {
        await RefusedAsync(BlobStoreCode.PathInvalid, () => Store.StatAsync(container, "a", None));
        await RefusedAsync(BlobStoreCode.PathInvalid, () => Store.WriteAsync(container, "a", Stream.Null, overwrite: true, None));
    }

    [ContractFact]
    public async Task Write_PathOf1024Characters_IsKeptAndOf1025_IsRefused()
    {
        string path = string.Join('/', Enumerable.Repeat(new string('p', 127), 8)) + "x";
        Assert.Equal(BlobPath.MaxLength, path.Length);
        await WriteAsync(path, Bytes(3));

        Assert.Equal(Bytes(3), await ReadAsync(path));
        await RefusedAsync(BlobStoreCode.PathInvalid, () => WriteAsync(path + "x", Bytes(3)));
    }

    [ContractFact]
    public async Task Write_PathsThatFileSystemsConfuse_AreDistinctBlobs()
    {
        string[] paths =
        [
            "a", "A", "a/b", "a/b.", "a/b..", "a/b ", "a/B", "con", "aux/nul", "COM1.txt", "e\u0301", "\u00e9", "😀/😁", "...", "a%2Fb", "C:", "c:/x",
            "*", "a?b", "#", "~", new string('漢', 500), new string('漢', 500) + "!",
        ];
        for (int index = 0; index < paths.Length; index++)
        {
            await WriteAsync(paths[index], Bytes(index));
        }

        for (int index = 0; index < paths.Length; index++)
        {
            Assert.Equal(Bytes(index), await ReadAsync(paths[index]));
        }

        Assert.Equal(paths.Order(StringComparer.Ordinal), await PathsAsync(""));
    }

    [ContractFact]
    public async Task List_Prefix_FindsThosePathsInOrdinalOrder()
    {
        foreach (string path in (string[])["b/2", "a", "b/10", "b", "b.x", "bé", "b😀", "b\ue000", "B/1", "c"])
        {
            await WriteAsync(path, Bytes(1));
        }

        Assert.Equal(["b/10", "b/2"], await PathsAsync("b/"));
        Assert.Equal(["b", "b.x", "b/10", "b/2", "bé", "b😀", "b\ue000"], await PathsAsync("b"));
        Assert.Equal([], await PathsAsync("bb"));
        Assert.Equal(10, (await PathsAsync("")).Count);
    }

    [ContractFact]
    public async Task List_OverMoreThanAPage_ShowsEachOnceWhileOthersWrite()
    {
        string[] staying = [.. Enumerable.Range(0, MoreThanAPage).Select(number => $"stays/{number:D5}")];
        await Task.WhenAll(staying.Select(path => WriteAsync(path, [1])));

        List<string> seen = [];
        await foreach (BlobStat blob in Store.ListAsync(Container, "stays/", None))
        {
            seen.Add(blob.Path);
            if (seen.Count == MoreThanAPage / 2)
            {
                await WriteAsync("stays/00000-new", [1]);
                await Store.DeleteAsync(Container, "stays/00001", None);
            }
        }

        Assert.Equal(staying, seen.Where(path => !path.EndsWith("-new", StringComparison.Ordinal)));
        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [ContractFact]
    public async Task List_OtherContainer_IsNotSeen()
    {
        await WriteAsync("a", Bytes(1));
        await Store.WriteAsync(Container + "x", "b", Stream.Null, overwrite: false, None);

        Assert.Equal(["a"], await PathsAsync(""));
    }
}
