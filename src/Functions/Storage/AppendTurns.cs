namespace Trainyard.Functions.Storage;

/// <summary>One appender of this process to a blob at a time, so that they do not refuse each other; blobs whose paths hash alike share a turn.</summary>
internal sealed class AppendTurns
{
    private const int Count = 64;
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the blob's turn, which ends when the result is disposed.</summary>
    internal async Task<IDisposable> EnterAsync(string container, string path, CancellationToken cancellationToken)
    {
        SemaphoreSlim turn = turns[(uint)HashCode.Combine(container, path) % Count];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
