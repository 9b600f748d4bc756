using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Trainyard.LocalHost.Tests.Http;

/// <summary>Events that a test releases one by one to a streaming function.</summary>
internal static class EventSource
{
    private static readonly ConcurrentQueue<Channel<string>> Waiting = new();

    public static Channel<string> Next()
    {
        var channel = Channel.CreateUnbounded<string>();
        Waiting.Enqueue(channel);
        return channel;
    }

    public static async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Assert.True(Waiting.TryDequeue(out Channel<string>? channel));
        await foreach (string item in channel.Reader.ReadAllAsync(cancellationToken))
        {
            yield return item;
        }
    }
}
