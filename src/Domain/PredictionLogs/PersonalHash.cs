using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>What stands in the log for personal data: the same for the same value, and for nobody without the secret a way back to it.</summary>
/// <remarks>HMAC-SHA-256 (RFC 2104), cut to 128 bits as its section 5 allows: values stay apart, and a line stays short.</remarks>
internal static class PersonalHash
{
    /// <summary>What every hash begins with.</summary>
    public const string Prefix = "hmac:";

    private const int Bytes = 16;

    /// <summary>The hash of a value.</summary>
    /// <param name="key">The model's secret.</param>
    /// <param name="value">The value as text.</param>
    public static string Of(byte[] key, string value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(value), hash);
        return Prefix + Convert.ToHexStringLower(hash[..Bytes]);
    }
}
