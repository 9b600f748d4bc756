namespace Trainyard.Storage.Tests.Contracts;

/// <summary>Gives three bytes a read, as a slow network does.</summary>
internal class TricklingStream(byte[] content) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(3, buffer.Length)], cancellationToken);
}

/// <summary>Breaks off before its end, as a client that goes away does.</summary>
internal sealed class FailingStream(byte[] content) : MemoryStream(content)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await base.ReadAsync(buffer, cancellationToken);
        return Position == Length ? throw new EndOfStreamException("The client went away.") : read;
    }
}

/// <summary>Cancels the call that reads it, after the first bytes.</summary>
internal sealed class CancellingStream(byte[] content, CancellationTokenSource source) : MemoryStream(content)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await base.ReadAsync(buffer[..Math.Min(1_000, buffer.Length)], cancellationToken);
        await source.CancelAsync();
        return read;
    }
}
