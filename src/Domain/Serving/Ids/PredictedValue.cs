using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Domain.Serving.Ids;

/// <summary>What a prediction said, as its id tells it: a number whole, a label by 64 bits of its hash. The default says nothing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bits">Those of the number, or of the label's hash.</param>
public readonly record struct PredictedValue(PredictedKind Kind, ulong Bits)
{
    /// <summary>The number; of no meaning for a label.</summary>
    public double Number => BitConverter.UInt64BitsToDouble(Bits);

    /// <summary>A number.</summary>
    public static PredictedValue Of(double number) => new(PredictedKind.Number, BitConverter.DoubleToUInt64Bits(number));

    /// <summary>A label: the first 64 bits of the SHA-256 of its UTF-8.</summary>
    public static PredictedValue Of(string label) => new(PredictedKind.Label, BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(label))));
}
