using System.Security.Cryptography;
using System.Text;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Datasets;

/// <summary>Finds what an address names. Content from outside becomes a dataset version, so that lineage is by hash. Thread safe.</summary>
/// <param name="catalog">Where versions are.</param>
/// <param name="blobs">Serves <c>blob://</c>.</param>
/// <param name="options">Which containers may be read.</param>
/// <param name="files">Serves <c>file://</c>; null where files are not for reading.</param>
/// <param name="web">Serves <c>https://</c>; null where the web is not for reading.</param>
public sealed class DatasetResolver(DatasetCatalog catalog, IBlobStore blobs, DatasetOptions options, IFileSource? files = null, IWebSource? web = null)
{
    private const int HashCharacters = 8;
    private const int MaxStem = 64;

    /// <summary>The version that an address names, imported first when it lies outside (once per content).</summary>
    /// <exception cref="ProblemException">
    /// <c>dataset_uri_invalid</c>, <c>dataset_scheme_unsupported</c>, <c>dataset_scheme_disabled</c>,
    /// <c>dataset_container_forbidden</c>, <c>dataset_path_outside</c>, <c>dataset_source_not_found</c>,
    /// <c>dataset_format_unknown</c>, <c>dataset_not_found</c>, <c>dataset_version_not_found</c>, and those of an upload.
    /// </exception>
    /// <exception cref="Learning.LearningException">The content cannot be read as its format.</exception>
    public async Task<DatasetVersion> ResolveAsync(TenantId tenant, string? uri, CancellationToken cancellationToken)
    {
        DatasetUri address = Parse(uri);
        if (address.Kind == DatasetUriKind.Dataset)
        {
            return await GetNamedAsync(tenant, address, cancellationToken);
        }

        await using Stream content = await OpenOutsideAsync(address, cancellationToken);
        DatasetUpload upload = new(NameFor(address), FormatOf(address)) { Source = address.Shown, ReuseEqual = true };
        return await catalog.UploadAsync(tenant, upload, content, cancellationToken);
    }

    /// <summary>Opens what an address names, as it is there; nothing is imported.</summary>
    /// <exception cref="ProblemException">As <see cref="ResolveAsync"/>, or <c>dataset_corrupt</c>.</exception>
    public async Task<DatasetContent> OpenAsync(TenantId tenant, string? uri, CancellationToken cancellationToken)
    {
        DatasetUri address = Parse(uri);
        if (address.Kind == DatasetUriKind.Dataset)
        {
            DatasetVersion version = await GetNamedAsync(tenant, address, cancellationToken);
            return new(await catalog.OpenAsync(tenant, version, cancellationToken), version.Format, version);
        }

        // A scheme that is not served is told of before a format that is not known.
        Stream content = await OpenOutsideAsync(address, cancellationToken);
        try
        {
            return new(content, FormatOf(address), null);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    /// <summary>Refuses an address that <see cref="ResolveAsync"/> would refuse now; content is not read.</summary>
    /// <exception cref="ProblemException">As <see cref="ResolveAsync"/>.</exception>
    public async Task CheckAsync(TenantId tenant, string? uri, CancellationToken cancellationToken)
    {
        DatasetUri address = Parse(uri);
        if (address.Kind == DatasetUriKind.Dataset)
        {
            await GetNamedAsync(tenant, address, cancellationToken);
            return;
        }

        await using Stream content = await OpenOutsideAsync(address, cancellationToken);
        FormatOf(address);
    }

    private static DatasetUri Parse(string? uri) => DatasetUri.TryParse(uri, out DatasetUri? address) ? address : throw DatasetProblems.UriInvalid(uri);

    private static DatasetFormat FormatOf(DatasetUri address) => Path.GetExtension(address.Path).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" or ".txt" => DatasetFormat.Csv,
        ".ndjson" or ".jsonl" => DatasetFormat.Ndjson,
        _ => throw DatasetProblems.FormatUnknown(address.Shown),
    };

    // The hash keeps two addresses with one file name apart, and both from names that users chose.
    private static string NameFor(DatasetUri address)
    {
        string stem = new([.. Path.GetFileNameWithoutExtension(address.Path).Take(MaxStem).Select(Keep)]);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.Text)))[..HashCharacters];
        string name = $"import-{stem}-{hash}";
        return ResourceName.Require(name, "name");

        static char Keep(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' ? character : '-';
    }

    // Whoever sent an address is told about the address, not about the name and version read from it.
    private async Task<DatasetVersion> GetNamedAsync(TenantId tenant, DatasetUri address, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.GetAsync(tenant, address.Name, address.Version, cancellationToken);
        }
        catch (ProblemException refused) when (refused.Problem.Kind == ProblemKind.NotFound)
        {
            throw new ProblemException(refused.Problem with { Field = DatasetProblems.UriField }, refused);
        }
    }

    private async Task<Stream> OpenOutsideAsync(DatasetUri address, CancellationToken cancellationToken) => address.Kind switch
    {
        DatasetUriKind.Blob => await OpenBlobAsync(address, cancellationToken),
        DatasetUriKind.File => OpenFile(address),
        DatasetUriKind.Https when web is null => throw DatasetProblems.SchemeDisabled(address.Scheme),
        DatasetUriKind.Https => await web.OpenAsync(address.Text, cancellationToken) ?? throw DatasetProblems.SourceNotFound(address.Shown),
        _ => throw DatasetProblems.SchemeUnsupported(address.Scheme),
    };

    private async Task<Stream> OpenBlobAsync(DatasetUri address, CancellationToken cancellationToken)
    {
        if (!options.ImportContainers.Contains(address.Name, StringComparer.Ordinal))
        {
            throw DatasetProblems.ContainerForbidden(address.Name, options.ImportContainers);
        }

        try
        {
            return await blobs.OpenReadAsync(address.Name, address.Path, cancellationToken) ?? throw DatasetProblems.SourceNotFound(address.Shown);
        }
        catch (BlobStoreException exception) when (exception.Code == BlobStoreCode.PathInvalid)
        {
            throw DatasetProblems.UriInvalid(address.Shown, exception);
        }
    }

    private Stream OpenFile(DatasetUri address)
    {
        if (files is null)
        {
            throw DatasetProblems.SchemeDisabled(address.Scheme);
        }

        if (!files.TryOpen(address.Path, out Stream? stream))
        {
            throw DatasetProblems.OutsideRoot();
        }

        return stream ?? throw DatasetProblems.SourceNotFound(address.Shown);
    }
}
