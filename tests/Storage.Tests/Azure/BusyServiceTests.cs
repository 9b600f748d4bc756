using System.Diagnostics;
using System.Globalization;
using System.Text;
using Azure.Storage.Queues;
using Trainyard.Domain.Ports;
using Trainyard.Functions.Storage;
using Trainyard.Storage.Tests.Contracts;
using Trainyard.Testing.Azurite;
using Xunit.Abstractions;

namespace Trainyard.Storage.Tests.Azure;

/// <summary>What is acknowledged is there once, whatever the network does: requests refused for being too many, cut off, or carried out without an answer.</summary>
[RequiresAzurite]
[Collection(AzuriteTests.Name)]
public sealed class BusyServiceTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int Writers = 4;
    private const int WritesEach = 50;
    private const double Share = 0.2;
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string unique = $"u{Guid.NewGuid():N}";

    [ContractTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Increments_OfSeveralWriters_AreEachCountedOnce(int seed)
    {
        await using BusyService busy = await StartAsync(seed);
        await busy.Documents.WriteAsync("busy", unique, DocumentWrite.Insert("counter", Number(0)), None);

        int refused = 0;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            TableDocumentStore store = busy.Documents;
            for (int done = 0; done < WritesEach;)
            {
                Document now = (await store.GetAsync("busy", unique, "counter", None))!;
                try
                {
                    await store.WriteAsync("busy", unique, DocumentWrite.Replace("counter", Number(Read(now) + 1), now.ETag), None);
                    done++;
                }
                catch (DocumentStoreException lost) when (lost.Code == DocumentStoreCode.ETagMismatch)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }));

        Assert.Equal(Writers * WritesEach, Read((await busy.Documents.GetAsync("busy", unique, "counter", None))!));
        Say(busy, $"{refused} writes lost the race and were tried again");
    }

    [ContractTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Commits_OfManyDocuments_AreThereWholeAndOnce(int seed)
    {
        await using BusyService busy = await StartAsync(seed);
        const int Commits = 20;
        await Task.WhenAll(Enumerable.Range(0, Commits).Select(commit => busy.Documents.CommitAsync(
            "busy", unique, [.. Enumerable.Range(0, DocumentLimits.MaxBatch).Select(row => DocumentWrite.Insert($"{commit:D2}-{row:D3}", Number(commit)))], None)));

        string? from = null;
        List<string> rows = [];
        do
        {
            DocumentPage page = await busy.Documents.QueryAsync(new DocumentQuery("busy", unique) { Continuation = from, PageSize = DocumentLimits.MaxPageSize }, None);
            rows.AddRange(page.Documents.Select(document => document.RowKey));
            from = page.Continuation;
        }
        while (from is not null);
        Assert.Equal(Enumerable.Range(0, Commits).SelectMany(commit => Enumerable.Range(0, DocumentLimits.MaxBatch).Select(row => $"{commit:D2}-{row:D3}")), rows);
        Say(busy, $"{rows.Count} documents");
    }

    [ContractTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Appends_OfSeveralWriters_AreThereOnce(int seed)
    {
        await using BusyService busy = await StartAsync(seed);
        const int Lines = 10;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (int line = 0; line < Lines; line++)
            {
                await busy.Blobs.AppendAsync("busy", $"{unique}/log", Encoding.UTF8.GetBytes($"{writer}-{line}\n"), None);
            }
        }));

        await using Stream log = (await busy.Blobs.OpenReadAsync("busy", $"{unique}/log", None))!;
        string[] read = (await new StreamReader(log).ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            Enumerable.Range(0, Writers).SelectMany(writer => Enumerable.Range(0, Lines).Select(line => $"{writer}-{line}")), read.Order(StringComparer.Ordinal));
        Say(busy, $"{read.Length} lines");
    }

    [ContractFact]
    public async Task Messages_AreNeverLost()
    {
        await using BusyService busy = await StartAsync(1);
        string[] sent = [.. Enumerable.Range(0, 100).Select(number => $"{number:D3}")];
        await Task.WhenAll(sent.Select(message => busy.Queues.SendAsync(unique, message, TimeSpan.Zero, None)));

        // Twice there may be one whose answer got lost: queues deliver at least once, and what handles messages knows them by their id.
        QueueClient queue = AzureStorage.Queues(await azurite.SettingsAsync()).GetQueueClient(unique);
        List<string> received = [];
        while ((await queue.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages)
        {
            received.AddRange(messages.Select(message => message.Body.ToString()));
        }

        Assert.Equal(sent, received.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Say(busy, $"{received.Count - sent.Length} of {sent.Length} messages came twice");
    }

    [ContractFact]
    public async Task Read_Throttled_ComesBackNoSoonerThanTold()
    {
        TimeSpan told = TimeSpan.FromMilliseconds(300);
        await using BusyService busy = await BusyService.StartAsync(azurite, OnceThrottled(), told);
        long start = Stopwatch.GetTimestamp();

        Assert.Null(await busy.Documents.GetAsync("busy", unique, "absent", None));

        Assert.Equal(1, busy.Proxy.Faults[StorageFault.Throttled]);
        Assert.True(Stopwatch.GetElapsedTime(start) >= told, "The client came back before it was told to.");
    }

    private static byte[] Number(int value) => Encoding.UTF8.GetBytes($"{value}");

    private static int Read(Document document) => int.Parse(Encoding.UTF8.GetString(document.Json.Span), CultureInfo.InvariantCulture);

    private static Func<StorageRequest, StorageFault> OnceThrottled()
    {
        int left = 1;
        return _ => Interlocked.Decrement(ref left) == 0 ? StorageFault.Throttled : StorageFault.None;
    }

    private Task<BusyService> StartAsync(int seed) => BusyService.StartAsync(
        azurite, StorageProxy.AtRandom(seed, Share, BusyService.FaultsOfACall, StorageFault.Throttled, StorageFault.Unsent, StorageFault.AnswerLost));

    private void Say(BusyService busy, string what)
    {
        Assert.All(new[] { StorageFault.Throttled, StorageFault.Unsent, StorageFault.AnswerLost }, kind => Assert.True(busy.Proxy.Faults.GetValueOrDefault(kind) > 0, $"{kind} never happened."));
        output.WriteLine($"{what}; {string.Join(", ", busy.Proxy.Faults.OrderBy(fault => fault.Key).Select(fault => $"{fault.Key} {fault.Value}"))}");
    }
}
