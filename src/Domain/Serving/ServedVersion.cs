namespace Trainyard.Domain.Serving;

/// <summary>A version that requests are assigned to, and what answers them. Immutable.</summary>
/// <param name="Sequence">The version.</param>
/// <param name="Model">What answers: the version itself, or another while its file is gone or damaged.</param>
internal sealed record ServedVersion(int Sequence, CachedModel Model)
{
    /// <summary>Whether another version stands in.</summary>
    public bool IsFallback => Model.Version.Sequence != Sequence;
}
