using System.Buffers;
using Trainyard.Domain.Caching;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving.Faces;

namespace Trainyard.Domain.Serving;

/// <summary>A model in memory with what its requests need prepared. What is asked of it and what it answers is its own. Immutable and thread safe.</summary>
internal abstract class ServedModel
{
    private long bytes;

    /// <summary>Bytes of memory that it took when it was measured last.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>A request that any model of its kind answers; null when there is none.</summary>
    protected abstract ReadOnlyMemory<byte>? FirstRequest { get; }

    /// <summary>Measures what it takes of memory, once it is loaded and whenever it grew.</summary>
    public void Measure() => Volatile.Write(ref bytes, ManagedSize.Of(this));

    /// <summary>Answers a first request, so that its code is compiled and its memory touched before traffic comes.</summary>
    /// <param name="version">The version that this is.</param>
    /// <param name="limits">What one request may ask for.</param>
    /// <exception cref="ProblemException">The model cannot answer.</exception>
    public void WarmUp(ModelVersion version, ServingOptions limits)
    {
        if (FirstRequest is { } request)
        {
            Answer(PredictFace.Rows, new PredictCall(version, request.Span, limits, id: default), new ArrayBufferWriter<byte>(), CancellationToken.None);
        }
    }

    /// <summary>Answers a request.</summary>
    /// <param name="face">The form in which it is asked and answered.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="answer">Receives UTF-8; untouched when this throws.</param>
    /// <param name="cancellationToken">Observed where an answer can take longer than some milliseconds.</param>
    /// <returns>How many rows were predicted.</returns>
    /// <exception cref="ProblemException">The request cannot be answered.</exception>
    public abstract int Answer(PredictFace face, PredictCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken);
}
