using System.Buffers.Binary;

namespace System.IO.Hashing;

/// <summary>CRC-64 of ECMA-182: polynomial 0x42F0E1EBA9EA3693, nothing reflected, no initial or final value; big-endian bytes.</summary>
public sealed class Crc64 : NonCryptographicHashAlgorithm
{
    private const ulong Polynomial = 0x42F0E1EBA9EA3693;

    private static readonly ulong[] Table = BuildTable();

    private ulong crc;

    public Crc64()
        : base(sizeof(ulong))
    {
    }

    /// <summary>The CRC of <paramref name="source"/>.</summary>
    public static byte[] Hash(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Hash(source.AsSpan());
    }

    /// <summary>The CRC of <paramref name="source"/>.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> source)
    {
        byte[] hash = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(hash, Update(0, source));
        return hash;
    }

    /// <summary>Writes the CRC of <paramref name="source"/>, unless <paramref name="destination"/> is too short for it.</summary>
    public static bool TryHash(ReadOnlySpan<byte> source, Span<byte> destination, out int bytesWritten)
    {
        bool written = BinaryPrimitives.TryWriteUInt64BigEndian(destination, Update(0, source));
        bytesWritten = written ? sizeof(ulong) : 0;
        return written;
    }

    /// <summary>Writes the CRC of <paramref name="source"/> and returns its length.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Hash(ReadOnlySpan<byte> source, Span<byte> destination) => TryHash(source, destination, out int written)
        ? written
        : throw new ArgumentException("The destination is too short for the hash.", nameof(destination));

    /// <summary>The CRC of <paramref name="source"/> as a number.</summary>
    public static ulong HashToUInt64(ReadOnlySpan<byte> source) => Update(0, source);

    /// <summary>The CRC of the bytes so far as a number.</summary>
    public ulong GetCurrentHashAsUInt64() => crc;

    public override void Append(ReadOnlySpan<byte> source) => crc = Update(crc, source);

    public override void Reset() => crc = 0;

    protected override void GetCurrentHashCore(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, crc);

    private static ulong Update(ulong crc, ReadOnlySpan<byte> source)
    {
        foreach (byte value in source)
        {
            crc = Table[(byte)(crc >> 56) ^ value] ^ (crc << 8);
        }

        return crc;
    }

    private static ulong[] BuildTable()
    {
        ulong[] table = new ulong[byte.MaxValue + 1];
        for (int index = 0; index < table.Length; index++)
        {
            ulong value = (ulong)index << 56;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value << 1) ^ ((value >> 63) * Polynomial);
            }

            table[index] = value;
        }

        return table;
    }
}
