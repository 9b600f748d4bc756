using System.Globalization;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Datasets;

/// <summary>The refusals of datasets.</summary>
internal static class DatasetProblems
{
    /// <summary>The field that addresses arrive in.</summary>
    public const string UriField = "dataset_uri";

    private const int MaxShown = 200;

    public static ProblemException NotFound(string name) => new(new Problem(
        ProblemKind.NotFound, "dataset_not_found", $"There is no dataset '{name}'; upload it by POST /api/v1/datasets?name={name}.", "dataset"));

    public static ProblemException VersionNotFound(string name, int version) => new(new Problem(
        ProblemKind.NotFound, "dataset_version_not_found", string.Create(CultureInfo.InvariantCulture, $"Dataset '{name}' has no version {version}."), "version"));

    public static ProblemException TooLarge(long maxBytes) => new(new Problem(
        ProblemKind.TooLarge,
        "dataset_too_large",
        string.Create(CultureInfo.InvariantCulture, $"The dataset is larger than the {maxBytes} bytes allowed (after decompression); the setting is Trainyard:Datasets:MaxUploadBytes.")));

    public static ProblemException LineTooLong(long line, int maxBytes) => new(
        new Problem(ProblemKind.TooLarge, "dataset_line_too_long", string.Create(CultureInfo.InvariantCulture, $"Line {line} is longer than {maxBytes} bytes; is this a text file with line ends?"))
        {
            Row = line,
        });

    public static ProblemException UriInvalid(string? uri, Exception? cause = null) => new(
        new Problem(
            ProblemKind.Malformed,
            "dataset_uri_invalid",
            $"'{Shorten(uri)}' is not the address of a dataset; use dataset://name, dataset://name/version or blob://container/path.",
            UriField),
        cause);

    public static ProblemException SchemeUnsupported(string scheme) => new(new Problem(
        ProblemKind.Unprocessable,
        "dataset_scheme_unsupported",
        $"Datasets cannot be read from '{Shorten(scheme)}://'; upload the file by POST /api/v1/datasets and use the uri that answers.",
        UriField));

    public static ProblemException SchemeDisabled(string scheme) => new(new Problem(
        ProblemKind.Unprocessable,
        "dataset_scheme_disabled",
        $"Reading datasets from '{scheme}://' is not enabled on this installation; upload the file by POST /api/v1/datasets instead.",
        UriField));

    public static ProblemException ContainerForbidden(string container, IReadOnlyList<string> allowed) => new(new Problem(
        ProblemKind.Unprocessable,
        "dataset_container_forbidden",
        $"Container '{Shorten(container)}' is not one that datasets may be read from; allowed are: {string.Join(", ", allowed)}.",
        UriField));

    public static ProblemException OutsideRoot() => new(new Problem(
        ProblemKind.Unprocessable, "dataset_path_outside", "The file does not lie below a data root of this host, or a link leads to it.", UriField));

    public static ProblemException SourceNotFound(string uri) => new(new Problem(
        ProblemKind.NotFound, "dataset_source_not_found", $"There is nothing at '{Shorten(uri)}'.", UriField));

    public static ProblemException FormatUnknown(string uri) => new(new Problem(
        ProblemKind.Unprocessable,
        "dataset_format_unknown",
        $"The format of '{Shorten(uri)}' is not known; its name must end in .csv, .tsv, .txt, .ndjson or .jsonl.",
        UriField));

    public static ProblemException Corrupt(DatasetVersion version) => new(new Problem(
        ProblemKind.Conflict, "dataset_corrupt", $"The stored content of {version.Uri} is gone or no longer has its SHA-256; upload it again.", "dataset"));

    private static string Shorten(string? text)
    {
        string shown = new([.. (text ?? string.Empty).Take(MaxShown).Where(character => !char.IsControl(character) && !char.IsSurrogate(character))]);
        return text?.Length > MaxShown ? shown + "…" : shown;
    }
}
