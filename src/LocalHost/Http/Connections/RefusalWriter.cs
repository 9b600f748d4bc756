using System.Buffers;
using System.IO.Pipelines;

namespace Trainyard.LocalHost.Http.Connections;

/// <summary>What a connection sends. After a refusal, nothing but that refusal: the server's own bare answer goes nowhere.</summary>
/// <remarks>As thread-safe as the writer within: the server writes from one place at a time.</remarks>
internal sealed class RefusalWriter(PipeWriter inner) : PipeWriter
{
    private ArrayBufferWriter<byte>? discarded;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    /// <summary>Sends these bytes with the server's next flush, and none of what the server writes from now on.</summary>
    public void Refuse(ReadOnlySpan<byte> answer)
    {
        inner.Write(answer);
        discarded = new ArrayBufferWriter<byte>();
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => discarded is null ? inner.GetMemory(sizeHint) : discarded.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => discarded is null ? inner.GetSpan(sizeHint) : discarded.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        // What is discarded is never advanced over, so that its buffer does not grow.
        if (discarded is null)
        {
            inner.Advance(bytes);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        discarded is null ? inner.WriteAsync(source, cancellationToken) : inner.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
}
