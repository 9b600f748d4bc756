using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Serving.Ids;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Serving;

/// <summary>A request whose model's traffic is compared or logged, after it was answered or refused.</summary>
internal readonly ref struct ObservedCall
{
    /// <summary>Whom it is for.</summary>
    public required ModelCall Call { get; init; }

    /// <summary>Whose model.</summary>
    public TenantId Tenant => Call.Tenant;

    /// <summary>What was deployed.</summary>
    public required ServingPlan Plan { get; init; }

    /// <summary>The version that the request was assigned to.</summary>
    public required ServedVersion Version { get; init; }

    /// <summary>The id of its first row, before it was known what is predicted; those of the others differ in the row. It names what answered.</summary>
    public required PredictionId Id { get; init; }

    /// <summary>The version whose answer was sent, if one was: another where it stood in.</summary>
    public required CachedModel Answered { get; init; }

    /// <summary>The form in which it was asked.</summary>
    public required PredictFace Face { get; init; }

    /// <summary>The request.</summary>
    public required ReadOnlySpan<byte> Body { get; init; }

    /// <summary>What was put out, without a row when the request was refused. Whoever wants it longer takes a copy.</summary>
    public required CallOutputs Outputs { get; init; }

    /// <summary>Whether the request failed or was refused.</summary>
    public required bool HasFailed { get; init; }

    /// <summary>From its parsed arrival to its written answer.</summary>
    public required TimeSpan Took { get; init; }
}
