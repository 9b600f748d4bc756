using Trainyard.Learning.Features;
using Trainyard.Learning.ModelFile;

namespace Trainyard.Learning.Text;

/// <summary>Writes and reads text classifiers as <c>.tym</c> files: the same container as tabular models, with a section of its own. Thread safe.</summary>
/// <remarks>Equal classifiers give equal bytes. Reading trusts nothing, as <see cref="TabularModelFile"/> does not.</remarks>
public static class TextClassifierFile
{
    /// <summary>Tells the file from those of other models.</summary>
    internal const string ManifestSection = "text_classifier";

    /// <summary>The file of a classifier.</summary>
    public static byte[] ToBytes(TextClassifier classifier) => ManifestFile.Write(
        ManifestSection,
        new TextManifest(classifier.Lineage, classifier.Target.ToJson(), classifier.TextColumn),
        TextJson.Default.TextManifest,
        classifier.Model.Write);

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="LearningException">
    /// <c>model_file_not_recognised</c>, <c>model_file_version_unsupported</c>, <c>model_file_truncated</c>,
    /// <c>model_file_checksum_wrong</c>, <c>model_file_section_missing</c> or <c>model_file_invalid</c>.
    /// </exception>
    public static TextClassifier Read(ReadOnlyMemory<byte> file) => ManifestFile.Read(file, ManifestSection, TextJson.Default.TextManifest, (manifest, reader) =>
        new TextClassifier(manifest.TextColumn, TargetEncoding.FromJson(manifest.Target), TextCatalog.Read(manifest.Lineage.Learner, reader), manifest.Lineage));
}
