using System.Buffers;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Traffic.Counting;

namespace Trainyard.Domain.Traffic.Shadows;

/// <summary>A request that a shadow shall see, with what was sent for it. Disposed by whoever has it last.</summary>
internal sealed class ShadowJob : IDisposable
{
    private readonly byte[] body;
    private readonly int length;

    /// <summary>Takes copies, for the request goes on without it.</summary>
    public ShadowJob(TallyKey key, CachedModel model, PredictFace face, ReadOnlySpan<byte> body, CallOutputs sent)
    {
        (Key, Model, Face, length) = (key, model, face, body.Length);
        this.body = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        body.CopyTo(this.body);
        Sent.Take(sent.Values, Math.Max(sent.Width, 1), sent.Classes);
    }

    public TallyKey Key { get; }

    public CachedModel Model { get; }

    public PredictFace Face { get; }

    public CallOutputs Sent { get; } = new();

    public ReadOnlySpan<byte> Body => body.AsSpan(0, length);

    /// <summary>Bytes that it holds.</summary>
    public int Bytes => BytesOf(Body, Sent);

    /// <summary>Bytes that one of these would hold.</summary>
    public static int BytesOf(ReadOnlySpan<byte> body, CallOutputs sent) => body.Length + (sent.Values.Length * sizeof(double));

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(body, clearArray: true);
        Sent.Dispose();
    }
}
