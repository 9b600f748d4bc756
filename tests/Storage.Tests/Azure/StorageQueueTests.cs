using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Trainyard.Domain.Ports;
using Trainyard.Functions.Storage;
using Trainyard.Storage.Tests.Contracts;

namespace Trainyard.Storage.Tests.Azure;

[RequiresAzurite]
[Collection(AzuriteTests.Name)]
public sealed class StorageQueueTests(AzuriteFixture azurite) : MessageQueueContract
{
    private const int MaxMessages = 32;

    private IQueueInspector? inspector;

    protected override IQueueInspector Inspector => inspector!;

    protected override async Task<IMessageQueue> OpenAsync()
    {
        inspector = new StorageQueueInspector(AzureStorage.Queues(await azurite.SettingsAsync(), QueueMessageEncoding.None));
        return new StorageQueue(AzureStorage.Queues(await azurite.SettingsAsync()));
    }

    [ContractFact]
    public async Task Peek_MessageThatIsNoBase64_ShowsItAsItIs()
    {
        QueueClient strange = AzureStorage.Queues(await azurite.SettingsAsync(), QueueMessageEncoding.None).GetQueueClient(Name);
        await strange.CreateIfNotExistsAsync();
        await strange.SendMessageAsync("plain text, not base64");
        await strange.SendMessageAsync("/////w==");

        Assert.Equal(["plain text, not base64", "/////w=="], (await Inspector.PeekAsync(Name, default)).Select(message => message.Text));
        Assert.Equal(2, await Inspector.SettleAsync(Name, (_, _) => Task.FromResult(true), default));
    }

    protected override Task CloseAsync(IMessageQueue queue) => Task.CompletedTask;

    protected override async Task<List<string>> DrainAsync(string queue)
    {
        QueueClient receiver = AzureStorage.Queues(await azurite.SettingsAsync()).GetQueueClient(queue);
        List<string> bodies = [];
        while ((await receiver.ReceiveMessagesAsync(MaxMessages)).Value is { Length: > 0 } messages)
        {
            foreach (QueueMessage message in messages)
            {
                bodies.Add(message.Body?.ToString() ?? string.Empty);
                await receiver.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
        }

        return bodies;
    }
}
