using System.Buffers;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Serving;

/// <summary>A model in memory with what its requests need prepared. What is asked of it and what it answers is its own. Immutable and thread safe.</summary>
internal abstract class ServedModel
{
    /// <summary>Answers a request.</summary>
    /// <param name="version">The version that this is.</param>
    /// <param name="body">The whole request.</param>
    /// <param name="maxRows">Rows that one request may ask for.</param>
    /// <param name="ids">Gives each prediction its id.</param>
    /// <param name="answer">Receives UTF-8; untouched when this throws.</param>
    /// <param name="cancellationToken">Observed where an answer can take longer than some milliseconds.</param>
    /// <returns>How many rows were predicted.</returns>
    /// <exception cref="ProblemException">The request cannot be answered.</exception>
    public abstract int Answer(
        ModelVersion version, ReadOnlySpan<byte> body, int maxRows, IIdSource ids, IBufferWriter<byte> answer, CancellationToken cancellationToken);
}
