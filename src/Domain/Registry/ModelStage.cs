namespace Trainyard.Domain.Registry;

/// <summary>Where a version is in its life.</summary>
public enum ModelStage
{
    /// <summary>Registered, not meant to be deployed.</summary>
    Draft,

    /// <summary>Fit to be deployed.</summary>
    Staging,

    /// <summary>Deployed now.</summary>
    Production,

    /// <summary>Was deployed and has been replaced or withdrawn.</summary>
    Archived,
}
