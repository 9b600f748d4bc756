namespace Trainyard.LocalHost.Storage;

/// <summary>One appender to a blob at a time; a fixed number of locks, shared by the blobs whose paths hash alike.</summary>
internal sealed class AppendLocks
{
    private const int Count = 64;
    private readonly SemaphoreSlim[] locks = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the blob's turn, which ends when the result is disposed.</summary>
    internal async Task<IDisposable> EnterAsync(string container, string path, CancellationToken cancellationToken)
    {
        SemaphoreSlim turn = locks[(uint)HashCode.Combine(container, path) % Count];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
