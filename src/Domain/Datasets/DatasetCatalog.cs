using System.Text.Json;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Datasets;

/// <summary>Datasets by name, each with immutable versions. Thread safe.</summary>
/// <remarks>
/// Content and profile are written first, under a path of its own; one commit then gives the version its number.
/// A crash in between leaves content that nothing refers to, which <see cref="DatasetSweeper"/> removes.
/// </remarks>
public sealed class DatasetCatalog(IDocumentStore documents, IBlobStore blobs, IIdSource ids, TimeProvider time, DatasetOptions options)
{
    /// <summary>Stores content as the next version of a dataset.</summary>
    /// <param name="tenant">Whose dataset.</param>
    /// <param name="upload">Its name and format.</param>
    /// <param name="content">Read once, to its end; stays open. Gzip is stored as the text in it, which the limits hold for.</param>
    /// <param name="cancellationToken">Cancels; nothing is listed then.</param>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>dataset_too_large</c>, <c>dataset_line_too_long</c>, <c>idempotency_key_reused</c> (the
    /// upload id came with other content before), <c>write_contention</c>.
    /// </exception>
    /// <exception cref="Learning.LearningException">The content cannot be read as its format.</exception>
    public async Task<DatasetVersion> UploadAsync(TenantId tenant, DatasetUpload upload, Stream content, CancellationToken cancellationToken)
    {
        ResourceName.Require(upload.Name, "name");
        await using Stream text = GzipText.DecompressIfGzip(content);
        await using MeasuredStream measured = new(text, options.MaxUploadBytes, options.Limits.MaxLineBytes);
        if (await FindUploadAsync(tenant, upload, cancellationToken) is { } uploaded)
        {
            await measured.CopyToAsync(Stream.Null, cancellationToken);
            return uploaded.Sha256 == measured.Sha256() ? uploaded : throw IdempotencyLedger.Reused();
        }

        DatasetVersion draft = await StoreAsync(tenant, upload, measured, cancellationToken);
        DatasetVersion version = await Contention.RetryAsync(token => CommitOnceAsync(tenant, upload, draft, token), cancellationToken);
        if (version.ContentId != draft.ContentId)
        {
            await DiscardAsync(tenant, draft.Name, draft.ContentId, cancellationToken);
        }

        return version.Sha256 == draft.Sha256 ? version : throw IdempotencyLedger.Reused();
    }

    /// <summary>The latest version of each dataset, by name.</summary>
    /// <exception cref="ProblemException"><c>continuation_invalid</c>.</exception>
    public async Task<ResultPage<DatasetVersion>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken)
    {
        ResultPage<DatasetName> names = await documents.ReadPageAsync(DatasetKeys.Names(tenant), page, DatasetJson.Default.DatasetName, cancellationToken);
        DatasetVersion?[] latest = await Task.WhenAll(names.Items.Select(item => LatestAsync(tenant, item.Name, cancellationToken)));
        return new([.. latest.OfType<DatasetVersion>()], names.Continuation);
    }

    /// <summary>One version of a dataset; the latest when <paramref name="version"/> is null.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>dataset_not_found</c>, <c>dataset_version_not_found</c>.</exception>
    public async Task<DatasetVersion> GetAsync(TenantId tenant, string name, int? version, CancellationToken cancellationToken)
    {
        DatasetHead head = await RequireHeadAsync(tenant, name, cancellationToken);
        int number = version ?? head.LastVersion;
        Stored<DatasetVersion>? found = number < head.FirstVersion ? null : await ReadVersionAsync(tenant, name, number, cancellationToken);
        return found?.Value ?? throw DatasetProblems.VersionNotFound(name, number);
    }

    /// <summary>The versions of a dataset, newest first.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>dataset_not_found</c>, <c>continuation_invalid</c>.</exception>
    public async Task<ResultPage<DatasetVersion>> VersionsAsync(TenantId tenant, string name, PageRequest page, CancellationToken cancellationToken)
    {
        DatasetHead head = await RequireHeadAsync(tenant, name, cancellationToken);
        DocumentQuery live = DatasetKeys.Versions(tenant, name) with { Before = DatasetKeys.Version(head.FirstVersion - 1) };
        return await documents.ReadPageAsync(live, page, DatasetJson.Default.DatasetVersion, cancellationToken);
    }

    /// <summary>What a version holds, column by column; computed when it was uploaded.</summary>
    /// <exception cref="ProblemException"><c>dataset_corrupt</c>.</exception>
    public async Task<TableProfile> ProfileAsync(TenantId tenant, DatasetVersion version, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(DatasetKeys.Container, DatasetKeys.Profile(tenant, version.Name, version.ContentId), cancellationToken);
        TableProfile? profile = stored is null ? null : await JsonSerializer.DeserializeAsync(stored, DatasetJson.Default.TableProfile, cancellationToken);
        return profile ?? throw DatasetProblems.Corrupt(version);
    }

    /// <summary>Opens the content of a version, decompressed; the caller disposes it.</summary>
    /// <exception cref="ProblemException"><c>dataset_corrupt</c>.</exception>
    public async Task<Stream> OpenAsync(TenantId tenant, DatasetVersion version, CancellationToken cancellationToken) =>
        await blobs.OpenReadAsync(DatasetKeys.Container, DatasetKeys.Content(tenant, version.Name, version.ContentId), cancellationToken)
        ?? throw DatasetProblems.Corrupt(version);

    /// <summary>Reads a version as a table and checks its SHA-256, so that lineage by hash is true.</summary>
    /// <exception cref="ProblemException"><c>dataset_corrupt</c>.</exception>
    public async Task<Table> LoadTableAsync(TenantId tenant, DatasetVersion version, CancellationToken cancellationToken)
    {
        await using Stream content = await OpenAsync(tenant, version, cancellationToken);
        await using MeasuredStream measured = new(content, version.Bytes, int.MaxValue);
        Table table = await DatasetReader.ReadAsync(measured, version.Format, options.Limits, cancellationToken);
        return measured.Sha256() == version.Sha256 ? table : throw DatasetProblems.Corrupt(version);
    }

    /// <summary>Removes a dataset with all its versions. Its numbers are not given again.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>dataset_not_found</c>, <c>write_contention</c>.</exception>
    /// <remarks>The name stays in the index, which lists skip, since an upload that is under way counts on it.</remarks>
    public Task DeleteAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        ResourceName.Require(name, "dataset");
        return Contention.RetryAsync(token => CloseOnceAsync(tenant, name, token), cancellationToken);
    }

    // Every attempt writes under an id of its own: two requests with one key must not write the same blob.
    private async Task<DatasetVersion> StoreAsync(TenantId tenant, DatasetUpload upload, MeasuredStream measured, CancellationToken cancellationToken)
    {
        string contentId = ids.NewId();
        string path = DatasetKeys.Content(tenant, upload.Name, contentId);
        await blobs.WriteAsync(DatasetKeys.Container, path, measured, overwrite: false, cancellationToken);
        try
        {
            TableProfile profile = await ProfileOnceAsync(path, upload.Format, cancellationToken);
            using MemoryStream json = new(JsonSerializer.SerializeToUtf8Bytes(profile, DatasetJson.Default.TableProfile));
            await blobs.WriteAsync(DatasetKeys.Container, DatasetKeys.Profile(tenant, upload.Name, contentId), json, overwrite: false, cancellationToken);
            return new(upload.Name, 0, upload.Format, measured.Sha256(), measured.BytesRead, profile.Rows, profile.Columns.Count, contentId, upload.Source, time.GetUtcNow());
        }
        catch (Learning.LearningException)
        {
            await DiscardAsync(tenant, upload.Name, contentId, cancellationToken);
            throw;
        }
    }

    private async Task<TableProfile> ProfileOnceAsync(string path, DatasetFormat format, CancellationToken cancellationToken)
    {
        await using Stream content = await blobs.OpenReadAsync(DatasetKeys.Container, path, cancellationToken)
            ?? throw new InvalidDataException($"Blob {path} is gone right after it was written.");
        return TableProfile.Of(await DatasetReader.ReadAsync(content, format, options.Limits, cancellationToken));
    }

    private async Task<DatasetVersion> CommitOnceAsync(TenantId tenant, DatasetUpload upload, DatasetVersion draft, CancellationToken cancellationToken)
    {
        if (await FindUploadAsync(tenant, upload, cancellationToken) is { } uploaded)
        {
            return uploaded;
        }

        Stored<DatasetHead>? current = await ReadHeadAsync(tenant, draft.Name, cancellationToken);
        DatasetHead head = current?.Value ?? new(draft.Name, FirstVersion: 1, LastVersion: 0);
        if (upload.ReuseEqual && !head.IsEmpty
            && await ReadVersionAsync(tenant, draft.Name, head.LastVersion, cancellationToken) is { Value: var latest }
            && latest.Sha256 == draft.Sha256 && latest.Format == draft.Format)
        {
            return latest;
        }

        DatasetVersion version = draft with { Version = head.LastVersion + 1 };
        await ListNameAsync(tenant, draft.Name, cancellationToken);
        VersionPointer pointer = new(version.Version);
        List<DocumentWrite> writes =
        [
            JsonDocuments.InsertOrReplace(DatasetKeys.Head, head with { LastVersion = version.Version }, current, DatasetJson.Default.DatasetHead),
            JsonDocuments.Insert(DatasetKeys.Version(version.Version), version, DatasetJson.Default.DatasetVersion),
            JsonDocuments.Insert(DatasetKeys.ByContent(version.ContentId), pointer, DatasetJson.Default.VersionPointer),
        ];
        if (upload.UploadId is { } uploadId)
        {
            writes.Add(JsonDocuments.Insert(DatasetKeys.ByUpload(uploadId), pointer, DatasetJson.Default.VersionPointer));
        }

        await documents.CommitAsync(DatasetKeys.Collection, DatasetKeys.Dataset(tenant, draft.Name), writes, cancellationToken);
        return version;
    }

    // Before the commit, as lists skip a name without versions but would never find a version without a name.
    private Task ListNameAsync(TenantId tenant, string name, CancellationToken cancellationToken) => documents.WriteAsync(
        DatasetKeys.Collection,
        DatasetKeys.Index(tenant),
        JsonDocuments.Upsert(DatasetKeys.ByName(name), new DatasetName(name), DatasetJson.Default.DatasetName),
        cancellationToken);

    private async Task<DatasetHead> CloseOnceAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        Stored<DatasetHead>? current = await ReadHeadAsync(tenant, name, cancellationToken);
        if (current is null or { Value.IsEmpty: true })
        {
            throw DatasetProblems.NotFound(name);
        }

        DatasetHead closed = current.Value with { FirstVersion = current.Value.LastVersion + 1 };
        DocumentWrite write = JsonDocuments.Replace(DatasetKeys.Head, closed, current.ETag, DatasetJson.Default.DatasetHead);
        await documents.WriteAsync(DatasetKeys.Collection, DatasetKeys.Dataset(tenant, name), write, cancellationToken);
        return closed;
    }

    private async Task DiscardAsync(TenantId tenant, string name, string contentId, CancellationToken cancellationToken)
    {
        await blobs.DeleteAsync(DatasetKeys.Container, DatasetKeys.Content(tenant, name, contentId), cancellationToken);
        await blobs.DeleteAsync(DatasetKeys.Container, DatasetKeys.Profile(tenant, name, contentId), cancellationToken);
    }

    private async Task<DatasetVersion?> FindUploadAsync(TenantId tenant, DatasetUpload upload, CancellationToken cancellationToken)
    {
        if (upload.UploadId is not { } uploadId)
        {
            return null;
        }

        Stored<VersionPointer>? pointer = await documents.ReadAsync(
            DatasetKeys.Collection, DatasetKeys.Dataset(tenant, upload.Name), DatasetKeys.ByUpload(uploadId), DatasetJson.Default.VersionPointer, cancellationToken);
        return pointer is null ? null : (await ReadVersionAsync(tenant, upload.Name, pointer.Value.Version, cancellationToken))?.Value;
    }

    private async Task<DatasetVersion?> LatestAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        Stored<DatasetHead>? head = await ReadHeadAsync(tenant, name, cancellationToken);
        return head is null or { Value.IsEmpty: true } ? null : (await ReadVersionAsync(tenant, name, head.Value.LastVersion, cancellationToken))?.Value;
    }

    private async Task<DatasetHead> RequireHeadAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        ResourceName.Require(name, "dataset");
        Stored<DatasetHead>? head = await ReadHeadAsync(tenant, name, cancellationToken);
        return head is { Value.IsEmpty: false } ? head.Value : throw DatasetProblems.NotFound(name);
    }

    private Task<Stored<DatasetHead>?> ReadHeadAsync(TenantId tenant, string name, CancellationToken cancellationToken) =>
        documents.ReadAsync(DatasetKeys.Collection, DatasetKeys.Dataset(tenant, name), DatasetKeys.Head, DatasetJson.Default.DatasetHead, cancellationToken);

    private Task<Stored<DatasetVersion>?> ReadVersionAsync(TenantId tenant, string name, int version, CancellationToken cancellationToken) =>
        documents.ReadAsync(DatasetKeys.Collection, DatasetKeys.Dataset(tenant, name), DatasetKeys.Version(version), DatasetJson.Default.DatasetVersion, cancellationToken);
}
