using Trainyard.Domain.Ports;

namespace Trainyard.Storage.Tests.Contracts;

/// <summary>What every message queue does on its sending side; an adapter passes it by one subclass.</summary>
public abstract class MessageQueueContract : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    protected IMessageQueue Queue { get; private set; } = null!;

    protected string Name { get; } = $"q-{Guid.NewGuid():N}";

    public async Task InitializeAsync() => Queue = await OpenAsync();

    public Task DisposeAsync() => CloseAsync(Queue);

    /// <summary>Opens the queues, or the same ones again after <see cref="CloseAsync"/>.</summary>
    protected abstract Task<IMessageQueue> OpenAsync();

    protected abstract Task CloseAsync(IMessageQueue queue);

    /// <summary>Looks through the same queues.</summary>
    protected abstract IQueueInspector Inspector { get; }

    /// <summary>Receives and deletes every message that is visible now.</summary>
    protected abstract Task<List<string>> DrainAsync(string queue);

    [ContractFact]
    public async Task Send_SomeMessages_AreReceivedOnceAsTheyWere()
    {
        string[] messages = ["", "plain", "{\"json\":[1,2]}", "naïve 漢字 😀 \0 <xml> &amp; \"q\"\r\n", " spaces "];
        foreach (string message in messages)
        {
            await Queue.SendAsync(Name, message, TimeSpan.Zero, None);
        }

        Assert.Equal(messages, await DrainAsync(Name));
        Assert.Empty(await DrainAsync(Name));
    }

    [ContractFact]
    public async Task Probe_OfQueuesInReach_ChangesNothing()
    {
        await Queue.SendAsync(Name, "here", TimeSpan.Zero, None);

        await Queue.ProbeAsync(None);

        Assert.Equal(["here"], await DrainAsync(Name));
    }

    [ContractFact]
    public async Task Send_ManyAtOnce_LosesAndDoublesNone()
    {
        string[] messages = [.. Enumerable.Range(0, 100).Select(number => $"{number:D3}")];
        await Task.WhenAll(messages.Select(message => Queue.SendAsync(Name, message, TimeSpan.Zero, None)));

        Assert.Equal(messages, (await DrainAsync(Name)).Order(StringComparer.Ordinal));
    }

    [ContractFact]
    public async Task Send_ToAnotherQueue_IsNotSeen()
    {
        await Queue.SendAsync(Name, "here", TimeSpan.Zero, None);
        await Queue.SendAsync(Name + "-2", "there", TimeSpan.Zero, None);

        Assert.Equal(["here"], await DrainAsync(Name));
    }

    [ContractFact]
    public async Task Send_Delayed_IsNotVisibleYet()
    {
        await Queue.SendAsync(Name, "later", TimeSpan.FromDays(7), None);

        Assert.Empty(await DrainAsync(Name));
    }

    [ContractFact]
    public async Task Send_MessageAtTheLimit_IsKeptAndOverIt_Throws()
    {
        string largest = new('漢', QueueChecks.MaxMessageBytes / 3);
        await Queue.SendAsync(Name, largest, TimeSpan.Zero, None);

        Assert.Equal([largest], await DrainAsync(Name));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Queue.SendAsync(Name, largest + "x", TimeSpan.Zero, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Queue.SendAsync(Name, "a\ud800", TimeSpan.Zero, None));
    }

    [ContractTheory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("a--b")]
    [InlineData("-abc")]
    [InlineData("abc-")]
    [InlineData("a_b")]
    public Task Send_InvalidName_Throws(string queue) =>
        Assert.ThrowsAnyAsync<ArgumentException>(() => Queue.SendAsync(queue, "x", TimeSpan.Zero, None));

    [ContractTheory]
    [InlineData(-1)]
    [InlineData((7 * 24 * 3600) + 1)]
    public Task Send_DelayOutOfBounds_Throws(int seconds) =>
        Assert.ThrowsAnyAsync<ArgumentException>(() => Queue.SendAsync(Name, "x", TimeSpan.FromSeconds(seconds), None));

    [ContractFact]
    public async Task Peek_SomeMessages_LeavesThemWhereTheyAre()
    {
        Assert.Empty(await Inspector.PeekAsync(Name, None));
        await Queue.SendAsync(Name, "first 漢字", TimeSpan.Zero, None);
        await Queue.SendAsync(Name, "second", TimeSpan.Zero, None);

        WaitingMessage[] seen = [.. await Inspector.PeekAsync(Name, None)];
        Assert.Equal(["first 漢字", "second"], seen.Select(message => message.Text));
        Assert.Equal(seen, await Inspector.PeekAsync(Name, None));
        Assert.NotEqual(seen[0].Id, seen[1].Id);
        Assert.Equal(["first 漢字", "second"], await DrainAsync(Name));
    }

    [ContractFact]
    public async Task Settle_SomeOfMany_DeletesThoseAndGivesTheOthersBack()
    {
        string[] sent = [.. Enumerable.Range(0, IQueueInspector.MaxMessages + 8).Select(number => $"{number:D3}")];
        foreach (string message in sent)
        {
            await Queue.SendAsync(Name, message, TimeSpan.Zero, None);
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        int settled = await Inspector.SettleAsync(Name, (message, _) => Task.FromResult(seen.Add(message.Text) && message.Text.EndsWith('7')), None);

        Assert.Equal((sent.Length, sent.Count(message => message.EndsWith('7'))), (seen.Count, settled));
        Assert.Equal(sent.Where(message => !message.EndsWith('7')), (await DrainAsync(Name)).Order(StringComparer.Ordinal));
        Assert.Equal(0, await Inspector.SettleAsync(Name, (_, _) => Task.FromResult(true), None));
    }

    [ContractFact]
    public async Task Settle_Failing_GivesAllBack()
    {
        await Queue.SendAsync(Name, "one", TimeSpan.Zero, None);
        await Queue.SendAsync(Name, "two", TimeSpan.Zero, None);

        await Assert.ThrowsAsync<InvalidDataException>(() => Inspector.SettleAsync(Name, (_, _) => throw new InvalidDataException("Not this."), None));

        Assert.Equal(["one", "two"], (await DrainAsync(Name)).Order(StringComparer.Ordinal));
    }

    [ContractFact]
    public async Task Reopen_AfterSend_FindsTheMessages()
    {
        await Queue.SendAsync(Name, "kept", TimeSpan.Zero, None);
        await CloseAsync(Queue);
        Queue = await OpenAsync();

        Assert.Equal(["kept"], await DrainAsync(Name));
    }
}
