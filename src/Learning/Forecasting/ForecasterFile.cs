using Trainyard.Learning.ModelFile;

namespace Trainyard.Learning.Forecasting;

/// <summary>Writes and reads forecasters as <c>.tym</c> files: the same container as tabular models, with a section of its own. Thread safe.</summary>
/// <remarks>Equal forecasters give equal bytes. Reading trusts nothing, as <see cref="TabularModelFile"/> does not.</remarks>
public static class ForecasterFile
{
    /// <summary>Tells the file from those of other models.</summary>
    internal const string ManifestSection = "forecaster";

    /// <summary>Bytes that <see cref="ReadAsync"/> accepts by default: 64 MiB, which no series fills.</summary>
    public const long DefaultMaximumBytes = 64L << 20;

    /// <summary>Whether bytes begin as such a file does; only reading tells whether they are one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> file) => SectionedFile.BeginsWith(file, ManifestSection);

    /// <summary>The file of a forecaster.</summary>
    /// <param name="forecaster">The forecaster.</param>
    /// <param name="cancellationToken">Observed at every megabyte.</param>
    public static byte[] ToBytes(Forecaster forecaster, CancellationToken cancellationToken = default) => ManifestFile.Write(
        ManifestSection,
        new ForecasterManifest(forecaster.Lineage, TimeAxisDocument.Of(forecaster.Axis), forecaster.Length),
        ForecastingJson.Default.ForecasterManifest,
        forecaster.Model.Write,
        cancellationToken);

    /// <summary>Writes the file of a forecaster; the stream stays open.</summary>
    public static async Task WriteAsync(Forecaster forecaster, Stream stream, CancellationToken cancellationToken) =>
        await stream.WriteAsync(ToBytes(forecaster, cancellationToken), cancellationToken);

    /// <summary>Reads a file to the end of the stream, which stays open.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="cancellationToken">Observed while reading.</param>
    /// <param name="maximumBytes">Larger files are refused.</param>
    /// <exception cref="LearningException"><c>model_file_too_large</c>, or as of <see cref="Read(ReadOnlyMemory{byte}, CancellationToken)"/>.</exception>
    public static async Task<Forecaster> ReadAsync(Stream stream, CancellationToken cancellationToken, long maximumBytes = DefaultMaximumBytes)
    {
        ReadOnlyMemory<byte> file = await BoundedStream.ReadAsync(stream, maximumBytes, cancellationToken);
        return Read(file, cancellationToken);
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Observed at every megabyte.</param>
    /// <exception cref="LearningException">
    /// <c>model_file_not_recognised</c>, <c>model_file_version_unsupported</c>, <c>model_file_truncated</c>,
    /// <c>model_file_checksum_wrong</c>, <c>model_file_section_missing</c> or <c>model_file_invalid</c>; <c>model_file_untrusted</c>: an
    /// engine would read it that is not made for such files.
    /// </exception>
    public static Forecaster Read(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default) => Read(file, isOwn: false, cancellationToken);

    /// <summary>Reads a file that this installation wrote, which the caller knows by its hash or because nobody else writes there.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Observed at every megabyte.</param>
    /// <exception cref="LearningException">As of <see cref="Read(ReadOnlyMemory{byte}, CancellationToken)"/>, but that engines read it.</exception>
    public static Forecaster ReadOwn(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default) => Read(file, isOwn: true, cancellationToken);

    private static Forecaster Read(ReadOnlyMemory<byte> file, bool isOwn, CancellationToken cancellationToken) =>
        ManifestFile.Read(
            file,
            ManifestSection,
            ForecastingJson.Default.ForecasterManifest,
            (manifest, reader) => new Forecaster(manifest.Axis.ToAxis(), manifest.Length, ForecastCatalog.Read(manifest.Lineage.Learner, reader), manifest.Lineage),
            cancellationToken,
            isOwn);
}
