using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Domain.Registry.Traffic;

/// <summary>Where a caller stands among all callers: the same point for the same key and salt on every host, for ever.</summary>
public static class TrafficPoint
{
    /// <summary>Characters of a caller's key at most.</summary>
    public const int MaxKeyLength = 256;

    /// <summary>Bytes of a salt at most; it is made by the platform.</summary>
    internal const int MaxSaltBytes = 64;

    private const int MaxBytesOfCharacter = 3;
    private const byte Separator = 0;

    /// <summary>The point of a key, from 0 to 9,999.</summary>
    /// <remarks>The first 64 bits of SHA-256 over salt, a zero byte and key, scaled; even to one part in 10¹⁵.</remarks>
    /// <param name="salt">The plan's, in UTF-8.</param>
    /// <param name="key">The caller's key, of 1 to <see cref="MaxKeyLength"/> characters.</param>
    public static int Of(ReadOnlySpan<byte> salt, ReadOnlySpan<char> key) => Of(BitsOf(salt, key));

    /// <summary>The point of 64 even bits.</summary>
    internal static int Of(ulong bits) => (int)Math.BigMul(bits, (ulong)TrafficPlan.AllPoints, out _);

    /// <summary>The bits that the point of a key is made of.</summary>
    internal static ulong BitsOf(ReadOnlySpan<byte> salt, ReadOnlySpan<char> key)
    {
        Span<byte> text = stackalloc byte[MaxSaltBytes + 1 + (MaxKeyLength * MaxBytesOfCharacter)];
        salt.CopyTo(text);
        text[salt.Length] = Separator;
        int length = salt.Length + 1 + Encoding.UTF8.GetBytes(key, text[(salt.Length + 1)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
