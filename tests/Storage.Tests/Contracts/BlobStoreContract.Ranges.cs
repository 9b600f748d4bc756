namespace Trainyard.Storage.Tests.Contracts;

/// <summary>Stretches of blobs.</summary>
public abstract partial class BlobStoreContract
{
    [ContractTheory]
    [InlineData(0, 10)]
    [InlineData(3, 1)]
    [InlineData(400_000, 300_000)]
    [InlineData(999_990, 10)]
    [InlineData(999_990, 1_000)]
    public async Task OpenRange_OfABlob_GivesTheBytesThatAreThere(int start, int length)
    {
        byte[] content = Bytes(1_000_000);
        await WriteAsync("a", content);

        Assert.Equal(content[start..Math.Min(start + length, content.Length)], await ReadRangeAsync("a", start, length));
    }

    [ContractFact]
    public async Task OpenRange_BehindTheEnd_IsEmpty()
    {
        await WriteAsync("a", Bytes(10));

        Assert.Empty(await ReadRangeAsync("a", 10, 5));
        Assert.Empty(await ReadRangeAsync("a", 100, 5));
    }

    [ContractFact]
    public async Task OpenRange_Absent_ReturnsNull() => Assert.Null(await Store.OpenRangeAsync(Container, "absent", 0, 1, None));

    [ContractTheory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    public async Task OpenRange_OfNothing_IsRefused(long start, long length)
    {
        await WriteAsync("a", Bytes(10));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.OpenRangeAsync(Container, "a", start, length, None));
    }

    private async Task<byte[]> ReadRangeAsync(string path, long start, long length)
    {
        await using Stream? stretch = await Store.OpenRangeAsync(Container, path, start, length, None);
        using MemoryStream read = new();
        await stretch!.CopyToAsync(read);
        return read.ToArray();
    }
}
