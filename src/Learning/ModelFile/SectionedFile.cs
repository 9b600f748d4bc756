using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Learning.ModelFile;

/// <summary>The container: named, checked sections.</summary>
internal static class SectionedFile
{
    private const int MaximumNameLength = 64;

    private const int MaximumSections = 64;

    public static byte[] Write(IReadOnlyList<FileSection> sections, CancellationToken cancellationToken = default)
    {
        using MemoryStream file = new();
        file.Write(ModelFileFormat.Magic);
        WriteInt32(file, ModelFileFormat.Version);
        WriteInt32(file, sections.Count);
        foreach (FileSection section in sections)
        {
            byte[] name = Encoding.UTF8.GetBytes(section.Name);
            WriteInt32(file, name.Length);
            file.Write(name);
            WriteInt64(file, section.Content.Length);
            file.Write(Hash(section.Content.Span, cancellationToken));
            file.Write(section.Content.Span);
        }

        return file.ToArray();
    }

    /// <summary>Whether a file's first section has a name; only reading tells whether the file is whole.</summary>
    public static bool BeginsWith(ReadOnlySpan<byte> file, string section)
    {
        byte[] name = Encoding.UTF8.GetBytes(section);
        int length = ModelFileFormat.Magic.Length + (2 * sizeof(int));
        return file.StartsWith(ModelFileFormat.Magic)
            && file.Length >= length + sizeof(int) + name.Length
            && BinaryPrimitives.ReadInt32LittleEndian(file[length..]) == name.Length
            && file[(length + sizeof(int))..].StartsWith(name);
    }

    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default)
    {
        Cursor cursor = new(file);
        if (!cursor.Rest.Span.StartsWith(ModelFileFormat.Magic))
        {
            throw new LearningException("model_file_not_recognised", "This is not a .tym model file: it does not begin as one.");
        }

        _ = cursor.Take(ModelFileFormat.Magic.Length);
        int version = cursor.TakeInt32();
        if (version is < ModelFileFormat.EarliestVersion or > ModelFileFormat.Version)
        {
            throw new LearningException("model_file_version_unsupported", $"The model file has format version {version}; this library reads versions {ModelFileFormat.EarliestVersion} to {ModelFileFormat.Version}.");
        }

        int count = cursor.TakeInt32();
        if (count is < 0 or > MaximumSections)
        {
            throw Invalid($"it has {count} sections");
        }

        Dictionary<string, ReadOnlyMemory<byte>> sections = new(StringComparer.Ordinal);
        for (int index = 0; index < count; index++)
        {
            (string name, ReadOnlyMemory<byte> content) = TakeSection(cursor, cancellationToken);
            if (!sections.TryAdd(name, content))
            {
                throw Invalid($"section '{name}' is there twice");
            }
        }

        return cursor.Rest.IsEmpty ? sections : throw Invalid($"{cursor.Rest.Length} bytes follow the last section");
    }

    private static (string Name, ReadOnlyMemory<byte> Content) TakeSection(Cursor cursor, CancellationToken cancellationToken)
    {
        int nameLength = cursor.TakeInt32();
        if (nameLength is < 1 or > MaximumNameLength)
        {
            throw Invalid($"a section's name has {nameLength} bytes");
        }

        string name = Encoding.UTF8.GetString(cursor.Take(nameLength).Span);
        long length = BinaryPrimitives.ReadInt64LittleEndian(cursor.Take(sizeof(long)).Span);
        ReadOnlyMemory<byte> hash = cursor.Take(SHA256.HashSizeInBytes);
        ReadOnlyMemory<byte> content = cursor.Take(length);
        return Hash(content.Span, cancellationToken).AsSpan().SequenceEqual(hash.Span)
            ? (name, content)
            : throw new LearningException("model_file_checksum_wrong", $"The model file's section '{name}' was damaged: its SHA-256 differs. Take a fresh copy.", name);
    }

    /// <summary>Piece by piece, for that of a gigabyte takes seconds.</summary>
    private static byte[] Hash(ReadOnlySpan<byte> content, CancellationToken cancellationToken)
    {
        const int pieceBytes = 1 << 20;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int start = 0; start < content.Length; start += pieceBytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(content.Slice(start, Math.Min(pieceBytes, content.Length - start)));
        }

        return hash.GetHashAndReset();
    }

    private static void WriteInt32(Stream file, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        file.Write(bytes);
    }

    private static void WriteInt64(Stream file, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        file.Write(bytes);
    }

    private static LearningException Invalid(string what) => new("model_file_invalid", $"The model file is not valid: {what}.");

    /// <summary>A place in the file that never passes its end.</summary>
    private sealed class Cursor(ReadOnlyMemory<byte> rest)
    {
        public ReadOnlyMemory<byte> Rest { get; private set; } = rest;

        public ReadOnlyMemory<byte> Take(long count)
        {
            if (count < 0 || count > Rest.Length)
            {
                throw new LearningException("model_file_truncated", "The model file ends too early. Take a fresh copy.");
            }

            ReadOnlyMemory<byte> taken = Rest[..(int)count];
            Rest = Rest[(int)count..];
            return taken;
        }

        public int TakeInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)).Span);
    }
}
