using System.Diagnostics;
using System.Globalization;
using System.Text;
using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Storage;
using Trainyard.Storage.Tests.Local;
using Xunit.Abstractions;

namespace Trainyard.Storage.Tests.Crashes;

/// <summary>Kills a process that writes and looks at what it left: all that was acknowledged, and nothing by halves.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20_260_120;
    private const int Kills = 4;
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Kill_WhileWriting_KeepsAllThatWasAcknowledgedAndNothingByHalves()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        for (int kill = 0; kill < Kills; kill++)
        {
            string run = folder[$"run-{kill}"];
            Directory.CreateDirectory(run);
            ILookup<string, int> acknowledged = await WriteAndKillAsync(run, random.Next(1, 150));
            await CheckDocumentsAsync(run, [.. acknowledged["documents"]]);
            await CheckBlobsAsync(run, [.. acknowledged["blob"]], [.. acknowledged["append"]]);
            await CheckQueueAsync(run, [.. acknowledged["send"]]);
        }
    }

    private async Task<ILookup<string, int>> WriteAndKillAsync(string run, int lines)
    {
        ProcessStartInfo start = new("dotnet", ["exec", typeof(CrashTests).Assembly.Location, run]) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process writer = Process.Start(start)!;
        List<string> acknowledged = [];
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged.Add(line);
            if (acknowledged.Count == lines)
            {
                // SIGKILL: no handler runs, no buffer is flushed.
                writer.Kill();
            }
        }

        await writer.WaitForExitAsync();
        output.WriteLine($"killed after {acknowledged.Count} acknowledged writes");
        Assert.True(acknowledged.Count >= lines, "The writer ended by itself.");
        return acknowledged.Select(line => line.Split(' ')).ToLookup(words => words[0], words => int.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static async Task CheckDocumentsAsync(string run, HashSet<int> acknowledged)
    {
        using SqliteDocumentStore store = CrashWriter.OpenDocuments(run);
        List<Document> documents = [];
        DocumentQuery query = new(CrashWriter.Collection, CrashWriter.Partition);
        DocumentPage page;
        do
        {
            page = await store.QueryAsync(query, None);
            documents.AddRange(page.Documents);
            query = query with { Continuation = page.Continuation };
        }
        while (page.Continuation is not null);

        ILookup<int, Document> batches = documents.ToLookup(document => int.Parse(Encoding.UTF8.GetString(document.Json.Span), CultureInfo.InvariantCulture));
        Assert.All(batches, batch => Assert.Equal(CrashWriter.BatchSize, batch.Count()));
        Assert.Subset(batches.Select(batch => batch.Key).ToHashSet(), acknowledged);
    }

    private static async Task CheckBlobsAsync(string run, HashSet<int> written, HashSet<int> appended)
    {
        using FileBlobStore store = CrashWriter.OpenBlobs(run);
        HashSet<int> found = [];
        await foreach (BlobStat blob in store.ListAsync(CrashWriter.Container, "blobs/", None))
        {
            int number = int.Parse(blob.Path["blobs/".Length..], CultureInfo.InvariantCulture);
            Assert.Equal(CrashWriter.Content(number), await ReadAsync(store, blob.Path));
            found.Add(number);
        }

        Assert.Subset(found, written);
        int[] log = RecordsOf(await ReadAsync(store, CrashWriter.Log));
        Assert.Equal(log.Length, log.Distinct().Count());
        Assert.Subset(log.ToHashSet(), appended);
        Assert.True(RecordsOf(await ReadAsync(store, "current")).Length <= 1);
        await store.Swept;
        int blobs = found.Count + await CountAsync(store, CrashWriter.Log) + await CountAsync(store, "current");
        Assert.Equal(blobs, Directory.GetFiles(Path.Combine(run, "blobs"), "*.blob").Length);
    }

    private static async Task CheckQueueAsync(string run, HashSet<int> sent)
    {
        using SqliteMessageQueue queue = CrashWriter.OpenQueues(run);
        List<int> received = [];
        while (await queue.ReceiveAsync(CrashWriter.Queue, SqliteMessageQueue.MaxMessages, TimeSpan.FromMinutes(5), None) is { Count: > 0 } messages)
        {
            received.AddRange(messages.Select(message => int.Parse(message.Body, CultureInfo.InvariantCulture)));
        }

        Assert.Equal(received.Count, received.Distinct().Count());
        Assert.Subset(received.ToHashSet(), sent);
    }

    private static async Task<int> CountAsync(FileBlobStore store, string path) =>
        await store.StatAsync(CrashWriter.Container, path, None) is null ? 0 : 1;

    private static async Task<byte[]> ReadAsync(FileBlobStore store, string path)
    {
        await using Stream? stream = await store.OpenReadAsync(CrashWriter.Container, path, None);
        using MemoryStream copy = new();
        if (stream is not null)
        {
            await stream.CopyToAsync(copy);
            Assert.Equal(stream.Length, copy.Length);
        }

        return copy.ToArray();
    }

    // Throws on a torn record: every record is a whole line of one number repeated.
    private static int[] RecordsOf(byte[] content)
    {
        string text = Encoding.UTF8.GetString(content);
        Assert.True(text.Length == 0 || text.EndsWith('\n'));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            int number = int.Parse(line.AsSpan(0, 8), CultureInfo.InvariantCulture);
            Assert.Equal(Encoding.UTF8.GetString(CrashWriter.Content(number)), line + "\n");
            return number;
        })];
    }
}
