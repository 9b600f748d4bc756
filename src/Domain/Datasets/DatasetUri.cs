using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Trainyard.Domain.Naming;

namespace Trainyard.Domain.Datasets;

/// <summary>Where a dataset is: its kind, and the parts that the kind needs.</summary>
public sealed record DatasetUri
{
    /// <summary>Characters of an address at most: what browsers and proxies pass on.</summary>
    public const int MaxLength = 2048;

    private const string Separator = "://";

    private DatasetUri(DatasetUriKind kind, string text) => (Kind, Text) = (kind, text);

    /// <summary>What kind of place.</summary>
    public DatasetUriKind Kind { get; }

    /// <summary>The address as it was given.</summary>
    public string Text { get; }

    /// <summary>The address as it may be shown and kept: without the query of a web address, which is where signatures stand.</summary>
    public string Shown => Show(Text);

    /// <summary>The scheme in lower case.</summary>
    public string Scheme { get; private init; } = string.Empty;

    /// <summary>The dataset's name or the blob's container; empty for other kinds.</summary>
    public string Name { get; private init; } = string.Empty;

    /// <summary>The dataset's version; null for the latest.</summary>
    public int? Version { get; private init; }

    /// <summary>The path of a blob or file; empty for other kinds.</summary>
    public string Path { get; private init; } = string.Empty;

    /// <summary>Reads an address; false when it is not one. That what it names exists or is allowed is not said.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DatasetUri? uri)
    {
        uri = null;
        int separator = text?.IndexOf(Separator, StringComparison.Ordinal) ?? -1;
        if (text is not { Length: <= MaxLength } || separator < 1 || text.Any(char.IsControl))
        {
            return false;
        }

        string scheme = text[..separator].ToLowerInvariant();
        string rest = text[(separator + Separator.Length)..];
        DatasetUri? parsed = scheme switch
        {
            "dataset" => Dataset(text, rest),
            "blob" => Blob(text, rest),
            "file" => File(text),
            "https" => Https(text),
            _ => scheme.All(IsSchemeCharacter) ? new(DatasetUriKind.Unknown, text) : null,
        };
        uri = parsed is null ? null : parsed with { Scheme = scheme };
        return uri is not null;
    }

    /// <summary><see cref="Shown"/> of a text that is, or should be, an address.</summary>
    public static string Show(string text)
    {
        int query = text.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? text.IndexOf('?', StringComparison.Ordinal) : -1;
        return query < 0 ? text : string.Concat(text.AsSpan(0, query), "?…");
    }

    /// <inheritdoc/>
    public override string ToString() => Shown;

    private static bool IsSchemeCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '+' or '-' or '.';

    private static DatasetUri? Dataset(string text, string rest)
    {
        string[] parts = rest.Split('/');
        if (parts.Length > 2 || !ResourceName.IsValid(parts[0]))
        {
            return null;
        }

        if (parts.Length == 1)
        {
            return new(DatasetUriKind.Dataset, text) { Name = parts[0] };
        }

        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int version) && version > 0
            ? new(DatasetUriKind.Dataset, text) { Name = parts[0], Version = version }
            : null;
    }

    private static DatasetUri? Blob(string text, string rest)
    {
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < rest.Length - 1
            ? new(DatasetUriKind.Blob, text) { Name = rest[..slash], Path = rest[(slash + 1)..] }
            : null;
    }

    // Its path is read for the name and the format of the dataset alone.
    private static DatasetUri? Https(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0
            ? new(DatasetUriKind.Https, text) { Path = uri.AbsolutePath }
            : null;

    // The escapes are resolved before anything looks at the path: %2e%2e must not differ from "..".
    private static DatasetUri? File(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.IsFile && uri.Host.Length == 0 && !uri.LocalPath.Any(char.IsControl)
            ? new(DatasetUriKind.File, text) { Path = uri.LocalPath }
            : null;
}
