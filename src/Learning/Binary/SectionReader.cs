using System.Buffers.Binary;
using System.Text;

namespace Trainyard.Learning.Binary;

/// <summary>Reads one binary section of a model file, little-endian. The bytes are not trusted, unless <see cref="IsTrusted"/>.</summary>
/// <remarks>No method allocates more than the bytes that are left could fill.</remarks>
/// <param name="section">The section's name, for errors.</param>
/// <param name="bytes">The section's content.</param>
/// <param name="cancellationToken">Observed within long lists.</param>
public sealed class SectionReader(string section, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
{
    /// <summary>Items of a list between two looks at the token: a millisecond or less.</summary>
    private const int ItemsPerLook = 1 << 17;

    private int position;

    /// <summary>True when the bytes are this installation's own, and were found to be what it wrote. What is built in checks them all the same.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Bytes not read yet.</summary>
    public int Remaining => bytes.Length - position;

    /// <summary>Reads a 32-bit integer.</summary>
    /// <exception cref="LearningException"><c>model_file_truncated</c>.</exception>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Reads a 64-bit floating-point number.</summary>
    /// <exception cref="LearningException"><c>model_file_truncated</c>.</exception>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>Reads one byte.</summary>
    /// <exception cref="LearningException"><c>model_file_truncated</c>.</exception>
    public byte ReadByte() => Take(1)[0];

    /// <summary>Reads a whole number that must lie in a range.</summary>
    /// <exception cref="LearningException"><c>model_file_truncated</c>, or <c>model_file_invalid</c> when it is out of range.</exception>
    public int ReadInt32(string field, int minimum, int maximum)
    {
        int value = ReadInt32();
        return value >= minimum && value <= maximum
            ? value
            : throw Invalid($"{field} is {value}; it must be from {minimum} to {maximum}");
    }

    /// <summary>Reads a count of items that follow, each at least <paramref name="itemSize"/> bytes long.</summary>
    /// <exception cref="LearningException"><c>model_file_truncated</c> when so many cannot follow.</exception>
    public int ReadCount(int itemSize)
    {
        int count = ReadInt32();
        return count >= 0 && count <= Remaining / itemSize ? count : throw Truncated();
    }

    /// <summary>Reads a count, then the integers.</summary>
    /// <exception cref="LearningException"><c>model_file_truncated</c>.</exception>
    public int[] ReadInt32s()
    {
        int[] values = new int[ReadCount(sizeof(int))];
        for (int index = 0; index < values.Length; index++)
        {
            LookEvery(index);
            values[index] = ReadInt32();
        }

        return values;
    }

    /// <summary>Reads a count, then the numbers.</summary>
    /// <exception cref="LearningException"><c>model_file_truncated</c>.</exception>
    public double[] ReadDoubles()
    {
        double[] values = new double[ReadCount(sizeof(double))];
        for (int index = 0; index < values.Length; index++)
        {
            LookEvery(index);
            values[index] = ReadDouble();
        }

        return values;
    }

    /// <summary>Reads as many numbers as <see cref="ReadDoubles()"/>, which must be exactly so many and finite.</summary>
    /// <exception cref="LearningException"><c>model_file_truncated</c>, or <c>model_file_invalid</c>.</exception>
    public double[] ReadFiniteDoubles(string field, int count)
    {
        double[] values = ReadDoubles();
        return values.Length == count && Array.TrueForAll(values, double.IsFinite)
            ? values
            : throw Invalid($"{field} must be {count} finite numbers");
    }

    /// <summary>Reads the length in bytes, then the text in UTF-8.</summary>
    /// <exception cref="LearningException"><c>model_file_truncated</c>.</exception>
    public string ReadString() => Encoding.UTF8.GetString(Take(ReadCount(1)));

    /// <summary>Reads the length in bytes, then the bytes: those of the section, not a copy.</summary>
    /// <exception cref="LearningException"><c>model_file_truncated</c>.</exception>
    public ReadOnlyMemory<byte> ReadBytes()
    {
        int count = ReadCount(1);
        ReadOnlyMemory<byte> read = bytes.Slice(position, count);
        position += count;
        return read;
    }

    /// <summary>Checks that nothing follows.</summary>
    /// <exception cref="LearningException"><c>model_file_invalid</c>.</exception>
    public void ExpectEnd()
    {
        if (Remaining != 0)
        {
            throw Invalid($"{Remaining} bytes are left over");
        }
    }

    /// <summary>The error for content that no writer makes.</summary>
    public LearningException Invalid(string what) =>
        new("model_file_invalid", $"The model file's section '{section}' is not valid: {what}.", section);

    private void LookEvery(int item)
    {
        if (item % ItemsPerLook == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
        {
            throw Truncated();
        }

        ReadOnlySpan<byte> taken = bytes.Span.Slice(position, count);
        position += count;
        return taken;
    }

    private LearningException Truncated() =>
        new("model_file_truncated", $"The model file's section '{section}' ends too early.", section);
}
