using Azure.Data.Tables;
using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Storage;

/// <summary>Documents as entities: the JSON in as many binary properties as it needs.</summary>
internal static class DocumentEntity
{
    /// <summary>Bytes of one binary property, Table storage's bound.</summary>
    internal const int ChunkBytes = 64 * 1024;

    /// <summary>The property of the <see cref="WriteStamps"/>.</summary>
    internal const string Stamps = "W";

    private static readonly string[] Chunks =
        [.. Enumerable.Range(0, (DocumentLimits.MaxDocumentBytes + ChunkBytes - 1) / ChunkBytes).Select(number => $"D{number}")];

    internal static TableEntity Write(string partitionKey, DocumentWrite write, string stamps)
    {
        TableEntity entity = new(partitionKey, write.RowKey) { [Stamps] = stamps };
        for (int start = 0; start < write.Json.Length; start += ChunkBytes)
        {
            entity[Chunks[start / ChunkBytes]] = write.Json[start..Math.Min(write.Json.Length, start + ChunkBytes)].ToArray();
        }

        return entity;
    }

    internal static Document Read(TableEntity entity)
    {
        byte[][] chunks = [.. Chunks.Select(entity.GetBinary).TakeWhile(chunk => chunk is not null)!];
        byte[] json = chunks.Length == 1 ? chunks[0] : [.. chunks.SelectMany(chunk => chunk)];
        return new Document(entity.PartitionKey, entity.RowKey, json, WriteStamps.Join(entity.ETag.ToString(), entity.GetString(Stamps)));
    }
}
