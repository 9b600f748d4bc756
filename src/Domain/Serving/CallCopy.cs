using System.Buffers;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Serving.Ids;

namespace Trainyard.Domain.Serving;

/// <summary>An answered request, copied for work off its way. Disposed by whoever has it last.</summary>
internal sealed class CallCopy : IDisposable
{
    /// <summary>Bodies up to this are copied into memory of their own pool; larger ones are rare.</summary>
    private const int SmallBytes = 4096;

    // The shared pool keeps a few of each size for each thread, and what one thread rents and another returns is soon made
    // anew: this one keeps some 8 MB at most.
    private static readonly ArrayPool<byte> Small = ArrayPool<byte>.Create(SmallBytes, maxArraysPerBucket: 1024);

    private readonly byte[] body;
    private readonly int length;

    /// <summary>Copies the body, and takes over the outputs.</summary>
    /// <param name="call">The request.</param>
    /// <param name="at">When it was answered.</param>
    public CallCopy(in ObservedCall call, DateTimeOffset at)
    {
        (Call, Plan, Model, Id, Face, Outputs, Took, At) = (call.Call, call.Plan, call.Answered, call.Id, call.Face, call.Outputs, call.Took, at);
        length = call.Body.Length;
        Bytes = BytesOf(call.Body, call.Outputs);
        body = PoolOf(length).Rent(Math.Max(length, 1));
        call.Body.CopyTo(body);
    }

    /// <summary>Whom it is for.</summary>
    public ModelCall Call { get; }

    /// <summary>What was deployed.</summary>
    public ServingPlan Plan { get; }

    /// <summary>The version whose answer was sent.</summary>
    public CachedModel Model { get; }

    /// <summary>The id of its first row, before it was known what is predicted.</summary>
    public PredictionId Id { get; }

    /// <summary>The form in which it was asked.</summary>
    public PredictFace Face { get; }

    /// <summary>What was put out.</summary>
    public CallOutputs Outputs { get; }

    /// <summary>From its parsed arrival to its written answer.</summary>
    public TimeSpan Took { get; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The request.</summary>
    public ReadOnlySpan<byte> Body => body.AsSpan(0, length);

    /// <summary>Bytes that it holds.</summary>
    public int Bytes { get; }

    /// <summary>Bytes that one of these would hold.</summary>
    public static int BytesOf(ReadOnlySpan<byte> body, CallOutputs outputs) =>
        body.Length + (outputs.RequestedRows * outputs.Width * sizeof(double));

    /// <inheritdoc/>
    public void Dispose()
    {
        // Cleared, since it is a caller's.
        PoolOf(length).Return(body, clearArray: true);
        Outputs.Dispose();
    }

    private static ArrayPool<byte> PoolOf(int length) => length <= SmallBytes ? Small : ArrayPool<byte>.Shared;

}
