namespace Trainyard.Learning.ModelFile;

/// <summary>The constants of the <c>.tym</c> format.</summary>
/// <remarks>
/// Magic (8 bytes), version and section count (32 bits each), then per section: name (length in 32 bits, UTF-8), length
/// (64 bits), SHA-256 (32 bytes), content. All numbers are little-endian. Sections come in a fixed order, nothing follows
/// them, and nothing depends on time or machine, so that equal models are equal files.
/// Version 2 adds to trees the gains of their splits and the weights of their leaves, to the manifest the distributions of
/// the training rows, and a section for calibration; files of version 1 read as before.
/// </remarks>
internal static class ModelFileFormat
{
    public const int Version = 2;

    public const int EarliestVersion = 1;

    public const string ManifestSection = "manifest";

    public const string ModelSection = "model";

    /// <summary>Absent where probabilities are not calibrated.</summary>
    public const string CalibrationSection = "calibration";

    /// <summary>All sections that a file may have.</summary>
    public static IReadOnlyList<string> Sections { get; } = [ManifestSection, ModelSection, CalibrationSection];

    /// <summary>The high bit and the line ends tell of transfers that meddle with bytes, as PNG's signature does.</summary>
    public static ReadOnlySpan<byte> Magic => [0x8A, (byte)'T', (byte)'Y', (byte)'M', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];
}
