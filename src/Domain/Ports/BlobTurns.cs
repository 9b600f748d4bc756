namespace Trainyard.Domain.Ports;

/// <summary>
/// Lets one appender of this process at a time reach a blob, for stores whose appenders would refuse or overwrite each
/// other. Thread safe.
/// </summary>
/// <remarks>A fixed number of turns, shared by the blobs whose paths hash alike: nothing grows with the number of blobs.</remarks>
public sealed class BlobTurns
{
    // Far more than appenders run at once, so that two blobs seldom wait for each other.
    private const int Count = 64;
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the blob's turn, which ends when the result is disposed.</summary>
    /// <param name="container">The blob's container.</param>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IDisposable> EnterAsync(string container, string path, CancellationToken cancellationToken)
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
