using System.Text.Json;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Calibration;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.ModelFile;

/// <summary>Writes and reads models as <c>.tym</c> files. Thread safe.</summary>
/// <remarks>
/// Equal models give equal bytes. Reading trusts nothing: every section is checked by its SHA-256, every count against the
/// bytes present and every index against what it points into, so a damaged or hostile file ends in a
/// <see cref="LearningException"/> and not in a crash, a hang or a flood of memory.
/// </remarks>
public static class TabularModelFile
{
    /// <summary>The usual extension.</summary>
    public const string Extension = ".tym";

    /// <summary>Bytes that <see cref="ReadAsync"/> accepts by default: 1 GiB.</summary>
    public const long DefaultMaximumBytes = 1L << 30;

    /// <summary>Whether bytes begin as a <c>.tym</c> file of any kind of model does; only reading tells whether they are one of this kind.</summary>
    public static bool IsOne(ReadOnlySpan<byte> file) => file.StartsWith(ModelFileFormat.Magic);

    /// <summary>The file of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Observed at every megabyte.</param>
    public static byte[] ToBytes(TabularModel model, CancellationToken cancellationToken = default)
    {
        ModelManifest manifest = new(model.Lineage, model.Target.ToJson(), model.Plan.ToJson(), model.Reference);
        SectionWriter content = new(cancellationToken);
        model.Model.Write(content);
        List<FileSection> sections =
        [
            new FileSection(ModelFileFormat.ManifestSection, JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.ModelManifest)),
            new FileSection(ModelFileFormat.ModelSection, content.Written),
        ];
        if (model.Calibration is { } calibration)
        {
            SectionWriter curves = new();
            calibration.Write(curves);
            sections.Add(new FileSection(ModelFileFormat.CalibrationSection, curves.Written));
        }

        return SectionedFile.Write(sections, cancellationToken);
    }

    /// <summary>Writes the file of a model; the stream stays open.</summary>
    public static async Task WriteAsync(TabularModel model, Stream stream, CancellationToken cancellationToken) =>
        await stream.WriteAsync(ToBytes(model, cancellationToken), cancellationToken);

    /// <summary>Reads a file to the end of the stream, which stays open.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="cancellationToken">Observed while reading.</param>
    /// <param name="maximumBytes">Larger files are refused.</param>
    /// <exception cref="LearningException"><c>model_file_too_large</c>, or as of <see cref="Read(ReadOnlyMemory{byte}, CancellationToken)"/>.</exception>
    public static async Task<TabularModel> ReadAsync(Stream stream, CancellationToken cancellationToken, long maximumBytes = DefaultMaximumBytes)
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
    public static TabularModel Read(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default) => Read(file, isOwn: false, cancellationToken);

    /// <summary>Reads a file that this installation wrote, which the caller knows by its hash or because nobody else writes there.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="cancellationToken">Observed at every megabyte.</param>
    /// <exception cref="LearningException">As of <see cref="Read(ReadOnlyMemory{byte}, CancellationToken)"/>, but that engines read it.</exception>
    public static TabularModel ReadOwn(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default) => Read(file, isOwn: true, cancellationToken);

    private static TabularModel Read(ReadOnlyMemory<byte> file, bool isOwn, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sections = SectionedFile.Read(file, cancellationToken);
        CheckNames(sections.Keys);
        ModelManifest manifest = ReadManifest(Section(sections, ModelFileFormat.ManifestSection));
        try
        {
            SectionReader reader = new(ModelFileFormat.ModelSection, Section(sections, ModelFileFormat.ModelSection), cancellationToken) { IsTrusted = isOwn };
            return Assemble(manifest, reader, sections.GetValueOrDefault(ModelFileFormat.CalibrationSection));
        }
        catch (LearningException failure) when (!failure.Code.StartsWith("model_file_", StringComparison.Ordinal))
        {
            throw Invalid(failure.Message, failure);
        }
    }

    /// <summary>A damaged name must not make an optional section vanish.</summary>
    private static void CheckNames(IEnumerable<string> names)
    {
        if (names.Except(ModelFileFormat.Sections, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new LearningException("model_file_invalid", $"The model file has a section '{unknown}', which this version does not know.", unknown);
        }
    }

    private static TabularModel Assemble(ModelManifest manifest, SectionReader reader, ReadOnlyMemory<byte> curves)
    {
        if (manifest.Reference is { IsSound: false })
        {
            throw Invalid("the distributions of the training rows contradict themselves", null);
        }

        FeaturePlan plan = FeaturePlan.FromJson(manifest.Plan);
        TargetEncoding target = TargetEncoding.FromJson(manifest.Target);
        IModel model = LearnerCatalog.Read(manifest.Lineage.Learner, reader);
        ProbabilityCalibration? calibration = curves.IsEmpty
            ? null
            : ProbabilityCalibration.Read(new SectionReader(ModelFileFormat.CalibrationSection, curves), Math.Max(target.Classes.Count, 2));
        return TabularModel.Fit(plan, target, model) && (calibration is null || target.Task == LearningTask.Classification)
            ? new TabularModel(plan, target, model, manifest.Lineage).With(manifest.Reference).With(calibration)
            : throw Invalid("plan, target and model do not fit one another", null);
    }

    private static ModelManifest ReadManifest(ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content.Span, ManifestJson.Default.ModelManifest) ?? throw Invalid("it is null", null);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            throw Invalid(failure.Message, failure);
        }
    }

    private static ReadOnlyMemory<byte> Section(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sections, string name) =>
        sections.TryGetValue(name, out ReadOnlyMemory<byte> content)
            ? content
            : throw new LearningException("model_file_section_missing", $"The model file has no section '{name}'.", name);

    private static LearningException Invalid(string what, Exception? cause) =>
        new("model_file_invalid", $"The model file's manifest is not valid: {what}", ModelFileFormat.ManifestSection, cause);
}
