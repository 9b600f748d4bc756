using System.Threading.Channels;

namespace Trainyard.LocalHost.Tests.Hosting;

/// <summary>What functions under test did, in order; a test waits for the next entry instead of for a time.</summary>
public sealed class Recorder
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<string> entries = Channel.CreateUnbounded<string>();

    public void Add(string entry) => Assert.True(entries.Writer.TryWrite(entry));

    public async Task<string> NextAsync() => await entries.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async Task<string[]> NextAsync(int count)
    {
        string[] next = new string[count];
        for (int index = 0; index < count; index++)
        {
            next[index] = await NextAsync();
        }

        return next;
    }

    /// <summary>The entries that nobody has waited for.</summary>
    public string[] Rest()
    {
        List<string> rest = [];
        while (entries.Reader.TryRead(out string? entry))
        {
            rest.Add(entry);
        }

        return [.. rest];
    }
}
