using System.Globalization;
using Spectre.Console;
using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Storage;

namespace Trainyard.Benchmarks.Storage;

/// <summary>The local stores beside raw loops on the same disk in the same run. Every write is flushed (synchronous FULL).</summary>
internal static class StorageBenchmark
{
    private const int TableWidth = 120;
    private const int Documents = 10_000;
    private const int ManyCallers = 64;
    private const int BlobBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);
    private static readonly byte[] Json = System.Text.Encoding.UTF8.GetBytes("\"" + new string('x', 1_022) + "\"");

    internal static async Task<int> RunAsync(string[] arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("trainyard-benchmark-");
        try
        {
            Table table = new Table().AddColumns("what", "callers", "Trainyard", "raw", "raw is", "ratio");
            await DiskAsync(table, folder.FullName);
            await DocumentsAsync(table, folder.FullName);
            await QueueAsync(table, folder.FullName);
            await BlobsAsync(table, folder.FullName);
            AnsiConsole.Profile.Width = TableWidth;
            AnsiConsole.Write(table);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task DiskAsync(Table table, string folder)
    {
        byte[] page = new byte[4_096];
        using FileStream file = new(Path.Combine(folder, "flush"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        Measured flushes = await Measured.RunAsync(1, Duration, _ =>
        {
            file.Write(page);
            file.Flush(flushToDisk: true);
            return Task.CompletedTask;
        });
        table.AddRow("4 KiB write + flush to disk /s", "1", "", Number(flushes.PerSecond), "a plain file", "");
    }

    private static async Task DocumentsAsync(Table table, string folder)
    {
        using SqliteDocumentStore store = new(Path.Combine(folder, "documents.db"));
        using RawSqlite raw = new(Path.Combine(folder, "raw.db"));
        Task WriteAsync(int number) => store.WriteAsync("benchmark", "p", DocumentWrite.Upsert(Key(number), Json), CancellationToken.None);
        Task ReadAsync(int number) => store.GetAsync("benchmark", "p", Key(number), CancellationToken.None);

        Measured rawOne = await Measured.RunAsync(1, Duration, number => Plain(() => raw.Write([Key(number)], Json)));
        Add(table, "document writes /s (1 KiB)", 1, await Measured.RunAsync(1, Duration, WriteAsync), rawOne, "a commit each");
        Measured many = await Measured.RunAsync(ManyCallers, Duration, WriteAsync);
        Add(table, "document writes /s (1 KiB)", ManyCallers, many, rawOne, "a commit each, one thread");
        Measured grouped = await Measured.RunAsync(
            1, Duration, number => Plain(() => raw.Write(Enumerable.Range(0, ManyCallers).Select(row => Key((number * ManyCallers) + row)), Json)));
        Add(table, "document writes /s (1 KiB)", ManyCallers, many, grouped with { Count = grouped.Count * ManyCallers }, "a commit per 64, one thread");

        Measured rawReads = await Measured.RunAsync(1, Duration, number => Plain(() => raw.Read(Key(number))));
        Add(table, "document reads /s", 1, await Measured.RunAsync(1, Duration, ReadAsync), rawReads, "one thread");
        Add(table, "document reads /s", ManyCallers, await Measured.RunAsync(ManyCallers, Duration, ReadAsync), rawReads, "one thread");
    }

    private static async Task QueueAsync(Table table, string folder)
    {
        using SqliteMessageQueue queue = new(Path.Combine(folder, "queues.db"), TimeProvider.System);
        Measured sent = await Measured.RunAsync(ManyCallers, Duration, number => queue.SendAsync("benchmark", Key(number), TimeSpan.Zero, CancellationToken.None));
        table.AddRow("messages sent /s", $"{ManyCallers}", Number(sent.PerSecond), "", "", "");
        Measured worked = await Measured.RunAsync(16, Duration, async _ =>
        {
            foreach (QueueMessage message in await queue.ReceiveAsync("benchmark", 1, TimeSpan.FromMinutes(5), CancellationToken.None))
            {
                await queue.CompleteAsync(message, CancellationToken.None);
            }
        });
        table.AddRow("messages received and completed /s", "16", Number(worked.PerSecond), "", "", "");
    }

    private static async Task BlobsAsync(Table table, string folder)
    {
        using FileBlobStore blobs = FileBlobStore.Open(Path.Combine(folder, "blobs"), TimeProvider.System);
        byte[] content = new byte[BlobBytes];
        new Random(1).NextBytes(content);
        string plain = Path.Combine(folder, "plain");

        Measured rawWrites = await Measured.RunAsync(1, Duration, _ => Plain(() =>
        {
            using FileStream file = new(plain, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }));
        Measured writes = await Measured.RunAsync(
            1, Duration, _ => blobs.WriteAsync("benchmark", "large", new MemoryStream(content), overwrite: true, CancellationToken.None));
        Add(table, "blob write MB/s (64 MiB, flushed)", 1, Megabytes(writes), Megabytes(rawWrites), "a plain file, flushed");

        Measured rawReads = await Measured.RunAsync(1, Duration, async _ =>
        {
            await using FileStream file = new(plain, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
            await file.CopyToAsync(Stream.Null);
        });
        Measured reads = await Measured.RunAsync(1, Duration, async _ =>
        {
            await using Stream stream = (await blobs.OpenReadAsync("benchmark", "large", CancellationToken.None))!;
            await stream.CopyToAsync(Stream.Null);
        });
        Add(table, "blob read MB/s (64 MiB)", 1, Megabytes(reads), Megabytes(rawReads), "a plain file");

        Measured appends = await Measured.RunAsync(1, Duration, _ => blobs.AppendAsync("benchmark", "log", Json, CancellationToken.None));
        table.AddRow("blob appends /s (1 KiB, flushed)", "1", Number(appends.PerSecond), "", "", "");
    }

    private static Measured Megabytes(Measured measured) => measured with { Count = measured.Count * BlobBytes / 1_000_000 };

    private static Task Plain(Action work)
    {
        work();
        return Task.CompletedTask;
    }

    private static string Key(int number) => (number % Documents).ToString("D8", CultureInfo.InvariantCulture);

    private static void Add(Table table, string what, int callers, Measured ours, Measured raw, string rawIs) => table.AddRow(
        what, $"{callers}", Number(ours.PerSecond), Number(raw.PerSecond), rawIs, (ours.PerSecond / raw.PerSecond).ToString("F2", CultureInfo.InvariantCulture));

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
