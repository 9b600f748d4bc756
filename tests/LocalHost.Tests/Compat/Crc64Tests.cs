using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Trainyard.LocalHost.Tests.Compat;

public sealed class Crc64Tests
{
    // The check value of CRC-64/ECMA-182 in the catalogue of parametrised CRC algorithms.
    private const ulong CheckValue = 0x6C40DF5F0B497347;

    private static readonly byte[] CheckInput = Encoding.ASCII.GetBytes("123456789");

    [Fact]
    public void Hash_CheckInput_IsTheCheckValueInBigEndian()
    {
        Assert.Equal(CheckValue, Crc64.HashToUInt64(CheckInput));
        Assert.Equal(CheckValue, BinaryPrimitives.ReadUInt64BigEndian(Crc64.Hash(CheckInput)));
    }

    [Fact]
    public void Hash_NothingAndZeros_AreZero()
    {
        Assert.Equal(0UL, Crc64.HashToUInt64([]));
        Assert.Equal(0UL, Crc64.HashToUInt64(new byte[100]));
    }

    [Fact]
    public async Task Append_InPieces_IsTheHashOfTheWhole()
    {
        Crc64 hash = new();
        hash.Append(CheckInput.AsSpan(0, 2));
        hash.Append(CheckInput[2..4]);
        hash.Append(new MemoryStream(CheckInput, 4, 3));
        await hash.AppendAsync(new MemoryStream(CheckInput, 7, 2));

        Assert.Equal(CheckValue, hash.GetCurrentHashAsUInt64());
        Assert.Equal(hash.GetCurrentHash(), hash.GetHashAndReset());
        Assert.Equal(0UL, hash.GetCurrentHashAsUInt64());
    }

    [Fact]
    public void GetHash_ShortDestination_IsRefusedAndChangesNothing()
    {
        Crc64 hash = new();
        hash.Append(CheckInput);
        byte[] destination = new byte[7];

        Assert.False(hash.TryGetCurrentHash(destination, out int written));
        Assert.Equal(0, written);
        Assert.Throws<ArgumentException>(() => hash.GetHashAndReset(destination));
        Assert.Equal(CheckValue, hash.GetCurrentHashAsUInt64());
        Assert.Equal(8, hash.GetCurrentHash(new byte[9]));
    }
}
