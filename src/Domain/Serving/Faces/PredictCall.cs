using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving.Ids;

namespace Trainyard.Domain.Serving.Faces;

/// <summary>One request for predictions, once it is known which version answers it.</summary>
/// <param name="version">The version that answers.</param>
/// <param name="body">The whole request.</param>
/// <param name="limits">What one request may ask for.</param>
/// <param name="id">Of its first row; the default where nobody gets the answer.</param>
internal readonly ref struct PredictCall(ModelVersion version, ReadOnlySpan<byte> body, ServingOptions limits, PredictionId id)
{
    /// <summary>The version that answers.</summary>
    public ModelVersion Version { get; } = version;

    /// <summary>The whole request.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>What one request may ask for.</summary>
    public ServingOptions Limits { get; } = limits;

    /// <summary>The id of the first row, before it is known what is predicted.</summary>
    public PredictionId Id { get; } = id;

    /// <summary>Receives the numbers that the answer is made of; null when nobody compares them.</summary>
    public CallOutputs? Seen { get; init; }
}
