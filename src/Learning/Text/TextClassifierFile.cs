using Trainyard.Learning.Features;
using Trainyard.Learning.ModelFile;

namespace Trainyard.Learning.Text;

/// <summary>Writes and reads text classifiers as <c>.tym</c> files: the same container as tabular models, with a section of its own. Thread safe.</summary>
/// <remarks>Equal classifiers give equal bytes. Reading trusts nothing, as <see cref="TabularModelFile"/> does not.</remarks>
public static class TextClassifierFile
{
    /// <summary>Tells the file from those of other models.</summary>
    internal const string ManifestSection = "text_classifier";

    /// <summary>Bytes that <see cref="ReadAsync"/> accepts by default: 1 GiB.</summary>
    public const long DefaultMaximumBytes = 1L << 30;

    /// <summary>The file of a classifier.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="cancellationToken">Observed at every megabyte.</param>
    public static byte[] ToBytes(TextClassifier classifier, CancellationToken cancellationToken = default) => ManifestFile.Write(
        ManifestSection,
        new TextManifest(classifier.Lineage, classifier.Target.ToJson(), classifier.TextColumn),
        TextJson.Default.TextManifest,
        classifier.Model.Write,
        cancellationToken);

    /// <summary>Writes the file of a classifier; the stream stays open.</summary>
    public static async Task WriteAsync(TextClassifier classifier, Stream stream, CancellationToken cancellationToken) =>
        await stream.WriteAsync(ToBytes(classifier, cancellationToken), cancellationToken);

    /// <summary>Reads a file to the end of the stream, which stays open.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="cancellationToken">Observed while reading.</param>
    /// <param name="maximumBytes">Larger files are refused.</param>
    /// <exception cref="LearningException"><c>model_file_too_large</c>, or as of <see cref="Read"/>.</exception>
    public static async Task<TextClassifier> ReadAsync(Stream stream, CancellationToken cancellationToken, long maximumBytes = DefaultMaximumBytes)
    {
        ReadOnlyMemory<byte> file = await BoundedStream.ReadAsync(stream, maximumBytes, cancellationToken);
        return Read(file, cancellationToken);
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Observed at every megabyte.</param>
    /// <exception cref="LearningException">
    /// <c>model_file_not_recognised</c>, <c>model_file_version_unsupported</c>, <c>model_file_truncated</c>,
    /// <c>model_file_checksum_wrong</c>, <c>model_file_section_missing</c> or <c>model_file_invalid</c>.
    /// </exception>
    public static TextClassifier Read(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default) => ManifestFile.Read(file, ManifestSection, TextJson.Default.TextManifest, (manifest, reader) =>
        new TextClassifier(manifest.TextColumn, TargetEncoding.FromJson(manifest.Target), TextCatalog.Read(manifest.Lineage.Learner, reader), manifest.Lineage), cancellationToken);
}
