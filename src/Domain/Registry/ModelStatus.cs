namespace Trainyard.Domain.Registry;

/// <summary>Whether a model serves.</summary>
public enum ModelStatus
{
    /// <summary>No version was deployed yet.</summary>
    Training,

    /// <summary>A version is deployed.</summary>
    Deployed,

    /// <summary>What was deployed was withdrawn.</summary>
    Deprecated,
}
