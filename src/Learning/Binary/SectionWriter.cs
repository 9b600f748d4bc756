using System.Buffers.Binary;
using System.Text;

namespace Trainyard.Learning.Binary;

/// <summary>Writes one binary section of a model file, little-endian, to memory.</summary>
public sealed class SectionWriter
{
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
        foreach (int value in values)
        {
            WriteInt32(value);
        }
    }

    /// <summary>Writes a count, then the numbers.</summary>
    public void WriteDoubles(ReadOnlySpan<double> values)
    {
        WriteInt32(values.Length);
        foreach (double value in values)
        {
            WriteDouble(value);
        }
    }

    /// <summary>Writes the length in bytes, then the text in UTF-8.</summary>
    public void WriteString(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        WriteInt32(bytes.Length);
        buffer.Write(bytes);
    }
}
