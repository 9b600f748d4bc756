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

    protected override async Task<IMessageQueue> OpenAsync() => new StorageQueue(AzureStorage.Queues(await azurite.SettingsAsync()));

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
