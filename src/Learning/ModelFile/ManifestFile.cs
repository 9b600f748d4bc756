using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Trainyard.Learning.Binary;

namespace Trainyard.Learning.ModelFile;

/// <summary>A <c>.tym</c> file of a manifest, whose section's name tells the kind of model, and the model's own section.</summary>
internal static class ManifestFile
{
    public static byte[] Write<T>(string section, T manifest, JsonTypeInfo<T> type, Action<SectionWriter> model, CancellationToken cancellationToken)
    {
        SectionWriter content = new(cancellationToken);
        model(content);
        return SectionedFile.Write([new FileSection(section, JsonSerializer.SerializeToUtf8Bytes(manifest, type)), new FileSection(ModelFileFormat.ModelSection, content.Written)], cancellationToken);
    }

    /// <summary>Reads a file. The bytes are not trusted: whatever is wrong with them becomes a <see cref="LearningException"/> of <c>model_file_…</c>.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="section">The name of the manifest's section.</param>
    /// <param name="type">How the manifest reads.</param>
    /// <param name="assemble">Makes the model of the manifest and of its section; may throw <see cref="ArgumentException"/> when they do not fit.</param>
    /// <param name="cancellationToken">Observed at every megabyte.</param>
    /// <param name="isOwn">Whether the file is known to be this installation's own.</param>
    public static TResult Read<T, TResult>(ReadOnlyMemory<byte> file, string section, JsonTypeInfo<T> type, Func<T, SectionReader, TResult> assemble, CancellationToken cancellationToken, bool isOwn = false)
    {
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sections = SectionedFile.Read(file, cancellationToken);
        try
        {
            T manifest = JsonSerializer.Deserialize(Section(sections, section).Span, type) ?? throw new ArgumentException("It is null.", nameof(file));
            return assemble(manifest, new SectionReader(ModelFileFormat.ModelSection, Section(sections, ModelFileFormat.ModelSection), cancellationToken) { IsTrusted = isOwn });
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            throw Invalid(section, failure);
        }
        catch (LearningException failure) when (!failure.Code.StartsWith("model_file_", StringComparison.Ordinal))
        {
            throw Invalid(section, failure);
        }
    }

    private static ReadOnlyMemory<byte> Section(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sections, string name) =>
        sections.TryGetValue(name, out ReadOnlyMemory<byte> content)
            ? content
            : throw new LearningException("model_file_section_missing", $"The file has no section '{name}'; is it the file of another kind of model?", name);

    private static LearningException Invalid(string section, Exception cause) =>
        new("model_file_invalid", $"The model file's section '{section}' is not valid: {cause.Message}", section, cause);
}
