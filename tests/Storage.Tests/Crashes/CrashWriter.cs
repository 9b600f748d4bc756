using System.Globalization;
using System.Text;
using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Storage;

namespace Trainyard.Storage.Tests.Crashes;

/// <summary>Writes to every store and says a line for each write that was acknowledged.</summary>
internal sealed class CrashWriter(string folder, TextWriter acknowledged)
{
    internal const string Collection = "crash";
    internal const string Partition = "p";
    internal const string Container = "crash";
    internal const string Log = "log";
    internal const string Queue = "crash";
    internal const int BatchSize = 5;
    private const int Writers = 4;

    private readonly Lock gate = new();

    internal static SqliteDocumentStore OpenDocuments(string folder) => new(Path.Combine(folder, "documents.db"));

    internal static FileBlobStore OpenBlobs(string folder) => FileBlobStore.Open(Path.Combine(folder, "blobs"), TimeProvider.System);

    internal static SqliteMessageQueue OpenQueues(string folder) => new(Path.Combine(folder, "queues.db"), TimeProvider.System);

    /// <summary>What a blob or log record with this number holds: long enough to be torn, and telling when it is.</summary>
    internal static byte[] Content(int number) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(string.Create(CultureInfo.InvariantCulture, $"{number:D8}"), 2_000)) + "\n");

    internal async Task WriteUntilKilledAsync()
    {
        using SqliteDocumentStore documents = OpenDocuments(folder);
        using FileBlobStore blobs = OpenBlobs(folder);
        using SqliteMessageQueue queues = OpenQueues(folder);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int number = writer; ; number += Writers)
            {
                await WriteOnceAsync(documents, blobs, queues, number);
            }
        })));
    }

    private async Task WriteOnceAsync(SqliteDocumentStore documents, FileBlobStore blobs, SqliteMessageQueue queues, int number)
    {
        CancellationToken none = CancellationToken.None;
        byte[] json = Encoding.UTF8.GetBytes($"{number}");
        await documents.CommitAsync(
            Collection, Partition, [.. Enumerable.Range(0, BatchSize).Select(row => DocumentWrite.Insert($"{number:D8}-{row}", json))], none);
        Acknowledge($"documents {number}");
        await blobs.WriteAsync(Container, $"blobs/{number:D8}", new MemoryStream(Content(number)), overwrite: false, none);
        Acknowledge($"blob {number}");
        await blobs.WriteAsync(Container, "current", new MemoryStream(Content(number)), overwrite: true, none);
        await blobs.AppendAsync(Container, Log, Content(number), none);
        Acknowledge($"append {number}");
        await queues.SendAsync(Queue, $"{number}", TimeSpan.Zero, none);
        Acknowledge($"send {number}");
    }

    private void Acknowledge(string line)
    {
        lock (gate)
        {
            acknowledged.WriteLine(line);
            acknowledged.Flush();
        }
    }
}
