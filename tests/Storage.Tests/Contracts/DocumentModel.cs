using System.Text;
using Trainyard.Domain.Ports;

namespace Trainyard.Storage.Tests.Contracts;

/// <summary>The document store's contract for one partition, as simply as it can be said.</summary>
internal sealed class DocumentModel
{
    private const string StaleETag = "stale";
    private readonly SortedDictionary<string, (string Json, string ETag)> documents = new(StringComparer.Ordinal);

    internal static string RandomKey(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => (string[])["a", "b", "!", "~", "é", "\ue000", "😀"]).Select(alphabet => alphabet[random.Next(alphabet.Length)]));

    internal DocumentWrite RandomWrite(Random random)
    {
        string key = RandomKey(random);
        byte[] json = Encoding.UTF8.GetBytes($"{random.Next()}");
        string etag = documents.TryGetValue(key, out (string Json, string ETag) stored) && random.Next(4) > 0 ? stored.ETag : StaleETag;
        return random.Next(6) switch
        {
            0 => DocumentWrite.Insert(key, json),
            1 => DocumentWrite.Replace(key, json, etag),
            2 => DocumentWrite.Delete(key),
            3 => DocumentWrite.Delete(key, etag),
            _ => DocumentWrite.Upsert(key, json),
        };
    }

    internal (DocumentStoreCode Code, int Operation)? Refusal(DocumentWrite[] batch)
    {
        for (int index = 0; index < batch.Length; index++)
        {
            if (Refusal(batch[index]) is { } code)
            {
                return (code, index);
            }
        }

        return null;
    }

    internal void Apply(DocumentWrite[] batch, IReadOnlyList<string?> etags)
    {
        for (int index = 0; index < batch.Length; index++)
        {
            if (batch[index].Kind == DocumentWriteKind.Delete)
            {
                documents.Remove(batch[index].RowKey);
            }
            else
            {
                documents[batch[index].RowKey] = (Encoding.UTF8.GetString(batch[index].Json.Span), etags[index]!);
            }
        }
    }

    internal List<(string, string, string)> Range(string? from, string? before) =>
    [
        .. documents
            .Where(entry => (from is null || string.CompareOrdinal(entry.Key, from) >= 0) && (before is null || string.CompareOrdinal(entry.Key, before) < 0))
            .Select(entry => (entry.Key, entry.Value.Json, entry.Value.ETag)),
    ];

    private DocumentStoreCode? Refusal(DocumentWrite write)
    {
        bool present = documents.TryGetValue(write.RowKey, out (string Json, string ETag) stored);
        return write switch
        {
            { Kind: DocumentWriteKind.Insert } => present ? DocumentStoreCode.DocumentExists : null,
            { ETag: null } => null,
            _ when !present => DocumentStoreCode.DocumentMissing,
            _ => write.ETag == stored.ETag ? null : DocumentStoreCode.ETagMismatch,
        };
    }
}
