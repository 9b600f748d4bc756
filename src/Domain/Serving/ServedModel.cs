using System.Buffers;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving.Faces;

namespace Trainyard.Domain.Serving;

/// <summary>A model in memory with what its requests need prepared. What is asked of it and what it answers is its own. Immutable and thread safe.</summary>
internal abstract class ServedModel
{
    /// <summary>Answers a request.</summary>
    /// <param name="face">The form in which it is asked and answered.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="answer">Receives UTF-8; untouched when this throws.</param>
    /// <param name="cancellationToken">Observed where an answer can take longer than some milliseconds.</param>
    /// <returns>How many rows were predicted.</returns>
    /// <exception cref="ProblemException">The request cannot be answered.</exception>
    public abstract int Answer(PredictFace face, PredictCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken);
}
