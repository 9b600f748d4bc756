using Trainyard.Learning.Streams;

namespace Trainyard.Functions.Outgoing;

/// <summary>The body of an answer: bounded, never waited for endlessly, and its failures worded for whoever sent the address.</summary>
/// <param name="response">The answer; disposed with this.</param>
/// <param name="body">Its body.</param>
/// <param name="options">Bounds.</param>
internal sealed class FetchedBody(HttpResponseMessage response, Stream body, OutgoingOptions options) : ReadOnlyStream
{
    private long read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.ReadTimeout);
        try
        {
            int count = await body.ReadAsync(buffer, patience.Token);
            read += count;
            return read <= options.MaxBytes ? count : throw OutgoingProblems.TooLarge(options.MaxBytes);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw OutgoingProblems.Unreachable("the answer broke off", failure);
        }
    }

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Answers are read asynchronously.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
        }

        base.Dispose(disposing);
    }
}
