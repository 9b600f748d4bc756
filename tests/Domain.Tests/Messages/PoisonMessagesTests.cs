using System.Text.Json.Nodes;
using Trainyard.Domain.Messages;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;
using Trainyard.LocalHost.Storage;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Messages;

public sealed class PoisonMessagesTests : IDisposable
{
    private const string Queue = "alerts";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string folder = ScratchFolder.Create("trainyard-poison-");
    private readonly SqliteMessageQueue queues;
    private readonly PoisonMessages poison;

    public PoisonMessagesTests()
    {
        queues = new SqliteMessageQueue(Path.Combine(folder, "queues.db"), new ManualTimeProvider());
        poison = new PoisonMessages([Queue], queues, queues);
    }

    private static TenantId Other => TenantId.TryParse("other", out TenantId? other) ? other : throw new InvalidOperationException("'other' is a tenant.");

    public void Dispose()
    {
        queues.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task List_ShowsATenantItsOwnAndUnreadableOnesToTheDefaultTenant()
    {
        await SendAsync("""{"tenant":"other","a":1}""", """{"tenant":"default"}""", "{}", "nothing", "[]", """{"tenant":7}""", """{"tenant":"No Tenant"}""", """{"a":1,"a":2}""");

        Assert.Equal(["""{"tenant":"other","a":1}"""], (await poison.ListAsync(Other, Queue, None)).Select(message => message.Text));
        Assert.Equal(7, (await poison.ListAsync(TenantId.Default, Queue, None)).Count);
    }

    [Fact]
    public async Task Replay_All_SendsATenantsOwnUnderAnIdThatStays()
    {
        await SendAsync("""{"tenant":"other"}""", """{"message_id":"m"}""", """{"a":1}""", "nothing");
        string id = (await poison.ListAsync(TenantId.Default, Queue, None))[1].Id;

        Assert.Equal(3, await poison.ReplayAsync(TenantId.Default, Queue, ids: null, None));

        string[] sent = [.. (await queues.PeekAsync(Queue, None)).Select(message => message.Text)];
        Assert.Equal(["""{"message_id":"m"}""", $$"""{"a":1,"message_id":"{{id}}"}""", "nothing"], sent);
        Assert.Equal(id, (string?)JsonNode.Parse(sent[1])!["message_id"]);
        Assert.Single(await queues.PeekAsync(Queue + PoisonMessages.Suffix, None));
    }

    [Fact]
    public async Task ReplayAndDelete_OfIds_LeaveTheOthers()
    {
        await SendAsync("""{"a":1}""", """{"a":2}""", """{"a":3}""", """{"tenant":"other"}""");
        string[] ids = [.. (await queues.PeekAsync(Queue + PoisonMessages.Suffix, None)).Select(message => message.Id)];

        Assert.Equal(1, await poison.ReplayAsync(TenantId.Default, Queue, [ids[1], ids[3]], None));
        Assert.Equal(1, await poison.DeleteAsync(TenantId.Default, Queue, [ids[0], ids[3]], None));

        Assert.Equal([ids[2], ids[3]], (await queues.PeekAsync(Queue + PoisonMessages.Suffix, None)).Select(message => message.Id));
        Assert.Single(await queues.PeekAsync(Queue, None));
    }

    [Fact]
    public async Task Replay_OfAMessageThatHasNoRoomForAnId_SendsItAsItIs()
    {
        string full = $$"""{"a":"{{new string('x', QueueChecks.MaxMessageBytes - 8)}}"}""";
        await SendAsync(full);

        Assert.Equal(1, await poison.ReplayAsync(TenantId.Default, Queue, ids: null, None));

        Assert.Equal(full, Assert.Single(await queues.PeekAsync(Queue, None)).Text);
    }

    [Fact]
    public async Task List_OfAQueueThatThereIsNot_IsRefused() =>
        Assert.Equal("queue_not_found", (await TestStores.RefusedAsync(() => poison.ListAsync(TenantId.Default, "others", None))).Code);

    private async Task SendAsync(params string[] messages)
    {
        foreach (string message in messages)
        {
            await queues.SendAsync(Queue + PoisonMessages.Suffix, message, TimeSpan.Zero, None);
        }
    }
}
