using System.Globalization;
using System.Text;
using Trainyard.Domain.Ports;
using Xunit.Abstractions;

namespace Trainyard.Storage.Tests.Contracts;

/// <summary>What every document store does; an adapter passes it by one subclass.</summary>
/// <remarks>Each test works in a partition of its own, so that a store may be shared.</remarks>
public abstract partial class DocumentStoreContract(ITestOutputHelper output) : IAsyncLifetime
{
    protected const string Collection = "contract";
    private static readonly CancellationToken None = CancellationToken.None;

    protected IDocumentStore Store { get; private set; } = null!;

    protected string Partition { get; } = $"p{Guid.NewGuid():N}";

    /// <summary>Characters of the longest key that is kept; less only where an emulator is stricter than the service.</summary>
    protected virtual int LongestKey => DocumentLimits.MaxKeyLength;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public Task DisposeAsync() => CloseAsync(Store);

    /// <summary>Opens the store, or the same store again after <see cref="CloseAsync"/>.</summary>
    protected abstract Task<IDocumentStore> OpenAsync();

    protected abstract Task CloseAsync(IDocumentStore store);

    protected static ReadOnlyMemory<byte> Json(string value) => Encoding.UTF8.GetBytes($"{{\"value\":\"{value}\"}}");

    private static string Key(int number) => number.ToString("D5", CultureInfo.InvariantCulture);

    private Task<string?> WriteAsync(DocumentWrite write) => Store.WriteAsync(Collection, Partition, write, None);

    private Task<Document?> GetAsync(string rowKey) => Store.GetAsync(Collection, Partition, rowKey, None);

    private async Task<string> ValueAsync(string rowKey) => Encoding.UTF8.GetString((await GetAsync(rowKey))!.Json.Span);

    private static async Task<DocumentStoreException> RefusedAsync(DocumentStoreCode code, Func<Task> call)
    {
        DocumentStoreException refusal = await Assert.ThrowsAsync<DocumentStoreException>(call);
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    private async Task FillAsync(IEnumerable<string> rowKeys)
    {
        foreach (string[] chunk in rowKeys.Chunk(DocumentLimits.MaxBatch))
        {
            await Store.CommitAsync(Collection, Partition, [.. chunk.Select(key => DocumentWrite.Insert(key, Json(key)))], None);
        }
    }

    private async Task<List<DocumentPage>> PagesAsync(DocumentQuery query)
    {
        List<DocumentPage> pages = [await Store.QueryAsync(query, None)];
        while (pages[^1].Continuation is { } continuation)
        {
            pages.Add(await Store.QueryAsync(query with { Continuation = continuation }, None));
        }

        return pages;
    }

    private async Task<List<string>> KeysAsync(DocumentQuery query) =>
        [.. (await PagesAsync(query)).SelectMany(page => page.Documents).Select(document => document.RowKey)];
}
