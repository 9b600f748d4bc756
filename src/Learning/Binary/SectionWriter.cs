using System.Buffers.Binary;
using System.Text;

namespace Trainyard.Learning.Binary;

/// <summary>Writes one binary section of a model file, little-endian, to memory.</summary>
/// <param name="cancellationToken">Observed at every list, and within long ones.</param>
public sealed class SectionWriter(CancellationToken cancellationToken = default)
{
    /// <summary>Items of a list between two looks at the token: a millisecond or two.</summary>
    private const int ItemsPerLook = 1 << 17;

    private readonly MemoryStream buffer = new();

    /// <summary>The bytes written so far.</summary>
    public ReadOnlyMemory<byte> Written => buffer.GetBuffer().AsMemory(0, (int)buffer.Length);

    /// <summary>Writes a 32-bit integer.</summary>
    public void WriteInt32(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        buffer.Write(bytes);
    }

    /// <summary>Writes a 64-bit floating-point number.</summary>
    public void WriteDouble(double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        buffer.Write(bytes);
    }

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value) => buffer.WriteByte(value);

    /// <summary>Writes a count, then the integers.</summary>
    public void WriteInt32s(ReadOnlySpan<int> values)
    {
        WriteInt32(values.Length);
        for (int index = 0; index < values.Length; index++)
        {
            LookEvery(index);
            WriteInt32(values[index]);
        }
    }

    /// <summary>Writes a count, then the numbers.</summary>
    public void WriteDoubles(ReadOnlySpan<double> values)
    {
        WriteInt32(values.Length);
        for (int index = 0; index < values.Length; index++)
        {
            LookEvery(index);
            WriteDouble(values[index]);
        }
    }

    /// <summary>Writes the length in bytes, then the text in UTF-8.</summary>
    public void WriteString(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        WriteInt32(bytes.Length);
        buffer.Write(bytes);
    }

    /// <summary>Writes the length, then the bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteInt32(value.Length);
        buffer.Write(value);
    }

    private void LookEvery(int item)
    {
        if (item % ItemsPerLook == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
