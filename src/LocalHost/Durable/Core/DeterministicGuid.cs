using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Trainyard.LocalHost.Durable.Core;

/// <summary>Name-based identifiers of version 5 (RFC 9562, section 5.5), the same that Durable Task makes.</summary>
internal static class DeterministicGuid
{
    private const int GuidBytes = 16;

    // The name space that Durable Task uses, so that an orchestration makes the same identifiers on every backend.
    private static readonly byte[] NameSpace = new Guid("9e952958-5e33-4daf-827f-2fa12937b875").ToByteArray(bigEndian: true);

    /// <summary>The identifier number <paramref name="counter"/> of an instance at a moment.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "Version 5 is defined on SHA-1; nothing here is secret.")]
    public static Guid Create(string instanceId, DateTime now, int counter)
    {
        byte[] name = Encoding.UTF8.GetBytes($"{instanceId}_{now:o}_{counter}");
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData([.. NameSpace, .. name], hash);
        Span<byte> guid = hash[..GuidBytes];
        BinaryPrimitives.WriteUInt16BigEndian(guid[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(guid[6..]) & 0x0FFF) | 0x5000));
        guid[8] = (byte)((guid[8] & 0x3F) | 0x80);
        return new Guid(guid, bigEndian: true);
    }
}
