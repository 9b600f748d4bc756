using System.Text.Json;
using Trainyard.Learning.Binary;
using Trainyard.Learning.ModelFile;

namespace Trainyard.Learning.Forecasting;

/// <summary>Writes and reads forecasters as <c>.tym</c> files: the same container as tabular models, with a section of its own. Thread safe.</summary>
/// <remarks>Equal forecasters give equal bytes. Reading trusts nothing, as <see cref="TabularModelFile"/> does not.</remarks>
public static class ForecasterFile
{
    /// <summary>Tells the file from that of a tabular model, which has a section <c>manifest</c> instead.</summary>
    internal const string ManifestSection = "forecaster";

    /// <summary>The file of a forecaster.</summary>
    public static byte[] ToBytes(Forecaster forecaster)
    {
        ForecasterManifest manifest = new(forecaster.Lineage, TimeAxisDocument.Of(forecaster.Axis), forecaster.Length);
        SectionWriter content = new();
        forecaster.Model.Write(content);
        return SectionedFile.Write(
        [
            new FileSection(ManifestSection, JsonSerializer.SerializeToUtf8Bytes(manifest, ForecastingJson.Default.ForecasterManifest)),
            new FileSection(ModelFileFormat.ModelSection, content.Written),
        ]);
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="LearningException">
    /// <c>model_file_not_recognised</c>, <c>model_file_version_unsupported</c>, <c>model_file_truncated</c>,
    /// <c>model_file_checksum_wrong</c>, <c>model_file_section_missing</c> or <c>model_file_invalid</c>.
    /// </exception>
    public static Forecaster Read(ReadOnlyMemory<byte> file)
    {
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sections = SectionedFile.Read(file);
        ForecasterManifest manifest = ReadManifest(Section(sections, ManifestSection));
        try
        {
            IForecastModel model = ForecastCatalog.Read(manifest.Lineage.Learner, new SectionReader(ModelFileFormat.ModelSection, Section(sections, ModelFileFormat.ModelSection)));
            return new Forecaster(manifest.Axis.ToAxis(), manifest.Length, model, manifest.Lineage);
        }
        catch (ArgumentException failure)
        {
            throw Invalid(failure.Message, failure);
        }
        catch (LearningException failure) when (!failure.Code.StartsWith("model_file_", StringComparison.Ordinal))
        {
            throw Invalid(failure.Message, failure);
        }
    }

    private static ForecasterManifest ReadManifest(ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content.Span, ForecastingJson.Default.ForecasterManifest) ?? throw Invalid("it is null", null);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            throw Invalid(failure.Message, failure);
        }
    }

    private static ReadOnlyMemory<byte> Section(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sections, string name) =>
        sections.TryGetValue(name, out ReadOnlyMemory<byte> content)
            ? content
            : throw new LearningException("model_file_section_missing", $"The file has no section '{name}', which the file of a forecaster has; is it the file of another kind of model?", name);

    private static LearningException Invalid(string what, Exception? cause) =>
        new("model_file_invalid", $"The forecaster's file is not valid: {what}", ManifestSection, cause);
}
