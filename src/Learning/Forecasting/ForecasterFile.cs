using Trainyard.Learning.ModelFile;

namespace Trainyard.Learning.Forecasting;

/// <summary>Writes and reads forecasters as <c>.tym</c> files: the same container as tabular models, with a section of its own. Thread safe.</summary>
/// <remarks>Equal forecasters give equal bytes. Reading trusts nothing, as <see cref="TabularModelFile"/> does not.</remarks>
public static class ForecasterFile
{
    /// <summary>Tells the file from those of other models.</summary>
    internal const string ManifestSection = "forecaster";

    /// <summary>The file of a forecaster.</summary>
    public static byte[] ToBytes(Forecaster forecaster) => ManifestFile.Write(
        ManifestSection,
        new ForecasterManifest(forecaster.Lineage, TimeAxisDocument.Of(forecaster.Axis), forecaster.Length),
        ForecastingJson.Default.ForecasterManifest,
        forecaster.Model.Write);

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="LearningException">
    /// <c>model_file_not_recognised</c>, <c>model_file_version_unsupported</c>, <c>model_file_truncated</c>,
    /// <c>model_file_checksum_wrong</c>, <c>model_file_section_missing</c> or <c>model_file_invalid</c>.
    /// </exception>
    public static Forecaster Read(ReadOnlyMemory<byte> file) => ManifestFile.Read(file, ManifestSection, ForecastingJson.Default.ForecasterManifest, (manifest, reader) =>
        new Forecaster(manifest.Axis.ToAxis(), manifest.Length, ForecastCatalog.Read(manifest.Lineage.Learner, reader), manifest.Lineage));
}
