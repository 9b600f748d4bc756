using Trainyard.LocalHost.Storage;
using Trainyard.Testing;

namespace Trainyard.Storage.Tests.Local;

public sealed class SqliteMessageQueueTests : IDisposable
{
    private const string Name = "work";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(5);
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = new();
    private readonly SqliteMessageQueue queue;

    public SqliteMessageQueueTests() => queue = new SqliteMessageQueue(folder["queues.db"], clock);

    public void Dispose()
    {
        queue.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Receive_Message_HoldsItUntilItsTimeOut()
    {
        DateTimeOffset sentAt = clock.GetUtcNow();
        await SendAsync("a");
        QueueMessage first = await ReceiveOneAsync();

        Assert.Equal((Name, "a", 1, sentAt, sentAt + Visibility), (first.Queue, first.Body, first.DequeueCount, first.SentAt, first.VisibleAt));
        clock.Advance(Visibility - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await ReceiveAsync());
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, (await ReceiveOneAsync()).DequeueCount);
    }

    [Fact]
    public async Task Receive_Several_TakesThoseVisibleLongestFirst()
    {
        await queue.SendAsync(Name, "delayed", TimeSpan.FromSeconds(2), None);
        await SendAsync("first");
        clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync("second");
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["first", "second"], (await queue.ReceiveAsync(Name, 2, Visibility, None)).Select(message => message.Body));
        Assert.Equal(["delayed"], (await ReceiveAsync()).Select(message => message.Body));
    }

    [Fact]
    public async Task Receive_ManyReceiversAtOnce_GiveEachMessageToOne()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(number => SendAsync($"{number}")));
        IReadOnlyList<QueueMessage>[] taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => queue.ReceiveAsync(Name, 8, Visibility, None)));

        Assert.Equal(64, taken.Sum(messages => messages.Count));
        Assert.Equal(64, taken.SelectMany(messages => messages).Select(message => message.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public Task Receive_CountOutOfBounds_Throws(int max) =>
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.ReceiveAsync(Name, max, Visibility, None));

    [Fact]
    public async Task Complete_HeldMessage_DeletesIt()
    {
        await SendAsync("a");

        Assert.True(await queue.CompleteAsync(await ReceiveOneAsync(), None));
        Assert.Equal(0, await queue.CountAsync(Name, None));
    }

    [Fact]
    public async Task AnyChange_AfterSomebodyElseReceivedTheMessage_IsRefused()
    {
        await SendAsync("a");
        QueueMessage late = await ReceiveOneAsync();
        clock.Advance(Visibility);
        QueueMessage current = await ReceiveOneAsync();

        Assert.False(await queue.CompleteAsync(late, None));
        Assert.False(await queue.RenewAsync(late, Visibility, None));
        Assert.False(await queue.AbandonAsync(late, TimeSpan.Zero, None));
        Assert.False(await queue.MoveToPoisonAsync(late, None));
        Assert.Equal(0, await queue.CountAsync(Name + SqliteMessageQueue.PoisonSuffix, None));
        Assert.True(await queue.CompleteAsync(current, None));
    }

    [Fact]
    public async Task Complete_AfterTheTimeOutButBeforeAnyOther_StillCounts()
    {
        await SendAsync("a");
        QueueMessage message = await ReceiveOneAsync();
        clock.Advance(Visibility * 2);

        Assert.True(await queue.CompleteAsync(message, None));
    }

    [Fact]
    public async Task Renew_HeldMessage_HoldsItFromNowOn()
    {
        await SendAsync("a");
        QueueMessage message = await ReceiveOneAsync();
        clock.Advance(Visibility / 2);
        Assert.True(await queue.RenewAsync(message, Visibility, None));
        clock.Advance(Visibility - TimeSpan.FromMilliseconds(1));

        Assert.Empty(await ReceiveAsync());
        Assert.True(await queue.CompleteAsync(message, None));
    }

    [Fact]
    public async Task Abandon_WithDelay_ComesBackAfterItAndVoidsTheReceipt()
    {
        await SendAsync("a");
        QueueMessage message = await ReceiveOneAsync();
        Assert.True(await queue.AbandonAsync(message, TimeSpan.FromSeconds(10), None));

        Assert.Empty(await ReceiveAsync());
        Assert.False(await queue.CompleteAsync(message, None));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, (await ReceiveOneAsync()).DequeueCount);
    }

    [Fact]
    public async Task MoveToPoison_HeldMessage_IsInThePoisonQueueOnly()
    {
        await SendAsync("bad 漢");
        DateTimeOffset sentAt = clock.GetUtcNow();
        QueueMessage message = await ReceiveOneAsync();
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await queue.MoveToPoisonAsync(message, None));
        Assert.Equal(0, await queue.CountAsync(Name, None));
        QueueMessage poison = Assert.Single(await queue.PeekAsync("work-poison", 10, None));
        Assert.Equal(("bad 漢", 0, sentAt), (poison.Body, poison.DequeueCount, poison.SentAt));
    }

    [Fact]
    public async Task Peek_Message_TakesNothingAndItsReceiptIsVoid()
    {
        await SendAsync("a");
        QueueMessage peeked = Assert.Single(await queue.PeekAsync(Name, 10, None));

        Assert.False(await queue.CompleteAsync(peeked, None));
        QueueMessage received = await ReceiveOneAsync();
        Assert.Equal(1, received.DequeueCount);
        Assert.False(await queue.CompleteAsync(Assert.Single(await queue.PeekAsync(Name, 10, None)), None));
        Assert.True(await queue.CompleteAsync(received, None));
    }

    [Fact]
    public async Task WaitForVisible_OnSend_Wakes()
    {
        Task wait = queue.WaitForVisibleAsync(Name, None);
        Assert.False(wait.IsCompleted);
        await SendAsync("a");
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForVisible_WithAMessageThere_EndsAtOnce()
    {
        await SendAsync("a");
        await queue.WaitForVisibleAsync(Name, None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForVisible_DelayedMessage_WakesWhenItFallsDue()
    {
        await queue.SendAsync(Name, "later", TimeSpan.FromHours(1), None);
        Task wait = queue.WaitForVisibleAsync(Name, None);
        await TimerSetAsync();
        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        await TimerSetAsync();
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForVisible_ClockLeapsWhileTheComputerSleeps_WakesAtTheNextLook()
    {
        await queue.SendAsync(Name, "late", TimeSpan.FromHours(2), None);
        Task wait = queue.WaitForVisibleAsync(Name, None);
        await TimerSetAsync();
        clock.Sleep(TimeSpan.FromHours(3));
        clock.Advance(TimeSpan.FromMinutes(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForVisible_OnAbandonAndPoison_Wakes()
    {
        await SendAsync("a");
        QueueMessage message = await ReceiveOneAsync();
        Task wait = queue.WaitForVisibleAsync(Name, None);
        await queue.AbandonAsync(message, TimeSpan.Zero, None);
        await wait.WaitAsync(TimeSpan.FromSeconds(30));

        Task poison = queue.WaitForVisibleAsync("work-poison", None);
        await queue.MoveToPoisonAsync(await ReceiveOneAsync(), None);
        await poison.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForVisible_Cancelled_EndsAndLeavesNoTimer()
    {
        await queue.SendAsync(Name, "later", TimeSpan.FromHours(1), None);
        using CancellationTokenSource source = new();
        Task wait = queue.WaitForVisibleAsync(Name, source.Token);
        await TimerSetAsync();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(0, clock.PendingTimers);
    }

    private Task SendAsync(string message) => queue.SendAsync(Name, message, TimeSpan.Zero, None);

    private Task<IReadOnlyList<QueueMessage>> ReceiveAsync() => queue.ReceiveAsync(Name, 32, Visibility, None);

    private async Task<QueueMessage> ReceiveOneAsync() => Assert.Single(await ReceiveAsync());

    private async Task TimerSetAsync()
    {
        while (clock.PendingTimers == 0)
        {
            await Task.Yield();
        }
    }
}
