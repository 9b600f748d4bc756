using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Storage;
using Trainyard.Storage.Tests.Contracts;

namespace Trainyard.Storage.Tests.Local;

public sealed class SqliteMessageQueueContractTests : MessageQueueContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override IQueueInspector Inspector => (SqliteMessageQueue)Queue;

    protected override Task<IMessageQueue> OpenAsync() =>
        Task.FromResult<IMessageQueue>(new SqliteMessageQueue(folder["queues.db"], TimeProvider.System));

    protected override Task CloseAsync(IMessageQueue queue)
    {
        ((SqliteMessageQueue)queue).Dispose();
        return Task.CompletedTask;
    }

    protected override async Task<List<string>> DrainAsync(string queue)
    {
        SqliteMessageQueue receiver = (SqliteMessageQueue)Queue;
        List<string> bodies = [];
        while (await receiver.ReceiveAsync(queue, SqliteMessageQueue.MaxMessages, TimeSpan.FromMinutes(1), CancellationToken.None) is { Count: > 0 } messages)
        {
            foreach (QueueMessage message in messages)
            {
                bodies.Add(message.Body);
                Assert.True(await receiver.CompleteAsync(message, CancellationToken.None));
            }
        }

        return bodies;
    }
}
